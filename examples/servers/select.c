/* A chat on select, as tutorials write it: cc -O2 -o select select.c && ./select PORT */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1, highest = listener;
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;
  fd_set watched, readable;
  if (argc < 2) return 2;
  address.sin_port = htons(atoi(argv[1]));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) return 1;
  listen(listener, 128);
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("listening on %d\n", ntohs(address.sin_port));
  fflush(stdout);
  FD_ZERO(&watched);
  FD_SET(listener, &watched);
  for (;;) {
    readable = watched;
    if (select(highest + 1, &readable, NULL, NULL, NULL) < 0) return 1;
    for (int fd = 0; fd <= highest; fd++) {
      char data[1024];
      if (!FD_ISSET(fd, &readable)) continue;
      if (fd == listener) {
        int client = accept(listener, NULL, NULL);
        if (client < 0) continue; /* and it is as readable as before */
        FD_SET(client, &watched);
        if (client > highest) highest = client;
        continue;
      }
      ssize_t length = recv(fd, data, sizeof data, 0);
      if (length <= 0) {
        FD_CLR(fd, &watched);
        close(fd);
        continue;
      }
      for (int to = 0; to <= highest; to++)
        if (to != listener && FD_ISSET(to, &watched))
          send(to, data, length, MSG_NOSIGNAL); /* it waits; and what it does not take is lost */
    }
  }
}
