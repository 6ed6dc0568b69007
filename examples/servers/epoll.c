/* A chat on epoll, edge-triggered: cc -O2 -o epoll epoll.c && ./epoll PORT */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 1024 };
static int clients[MOST], count;

static void leave(int fd) {
  for (int i = 0; i < count; i++)
    if (clients[i] == fd) clients[i--] = clients[--count];
  close(fd); /* which takes it out of epoll's list as well */
}

static void enter(int epoll, int listener) {
  int fd, on = 1;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    if (count == MOST) {
      close(fd);
      continue;
    }
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = fd};
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    clients[count++] = fd;
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }
}

static void serve(int fd) {
  char data[4096];
  ssize_t length;
  /* the edge comes once, so all that is there is read */
  while ((length = recv(fd, data, sizeof data, 0)) > 0)
    for (int i = 0; i < count; i++)
      send(clients[i], data, length, MSG_NOSIGNAL); /* and what is not taken is lost */
  if (length == 0) leave(fd);
}

int main(int argc, char **argv) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;
  if (argc < 2) return 2;
  address.sin_port = htons(atoi(argv[1]));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) return 1;
  listen(listener, 128);
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("listening on %d\n", ntohs(address.sin_port));
  fflush(stdout);
  int epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, ready[64];
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int found = epoll_wait(epoll, ready, 64, -1);
    for (int i = 0; i < found; i++) {
      if (ready[i].data.fd == listener) enter(epoll, listener);
      else serve(ready[i].data.fd);
    }
  }
}
