/**
 * What one sees in each recording of the gallery, by its name: Chinese.
 * @module
 */

/** The texts by name. */
export const gallery = {
  select:
    'C 里最常见的循环：每条消息一次 select、一次 recv、三次 send。没有设 TCP_NODELAY，每三条消息就有一条要等约 40 毫秒。',
  epoll: '边沿触发：accept 和 recv 一直做到 EAGAIN，每次多一个调用。设了 TCP_NODELAY，谁也不用等。',
  select_chat:
    '同样的循环用 Python 写，调用和 C 的一样，只是每次 accept 多一个。这里也是每三条消息等一次。',
  selectors_tutorial:
    'Python 的 selectors 在 epoll 里等待：描述符用 epoll_ctl 只说一次，回来的只有就绪的。',
  selectors_chat:
    '同样的做法，加上每个客户端一个发件箱和 TCP_NODELAY：调用几乎没有变多，也不再有 40 毫秒的停顿。',
  asyncio_chat: 'asyncio 先用超时 0 问一次，什么也没有，然后才去等：每条消息等待两次。',
  websockets_chat:
    'websockets 这个库为了一条消息，让 asyncio 的循环转好几轮；大多数等待什么也没等到。握手和帧都能读出来。',
  stream_select:
    'PHP 的 stream 在 select 里等待，每次 accept 和读之前，还要在 poll 里对一个套接字单独等一次。',
  socket_select: 'PHP 的 socket 函数做的，就是 C 那个循环的调用。本工具的原版就是这样的服务器。',
  io_select:
    'Ruby 的 IO.select 做的也是 C 那个循环的调用。除了客户端，它还监视一个自己的描述符，eventfd。',
  node_net:
    '还有事可做的时候，libuv 用超时 0 去问，然后才等待。Node 自己不设 TCP_NODELAY，所以每三条消息要等一次。',
  node_ws: 'ws 这个库设了 TCP_NODELAY。一帧的头和载荷用一个调用 writev 发出；握手和帧都能读出来。',
  redis:
    '用 PUBLISH 发给所有订阅的人。等待最多 100 毫秒就结束，所以 redis 没事可做时，每秒也醒十次。',
  nginx:
    '两个工作进程，两个循环，一个监听套接字：接受了连接的那个，先把它从自己的 epoll 里拿出来再放回去，让另一个也轮得到。一个请求用一次 writev 回答。',
  'select_chat-slow-reader':
    '有一个客户端不读。它的缓冲区满了以后，sendall 就等着，所有人都停住一秒。',
  'selectors_tutorial-slow-reader':
    '有一个客户端不读。一次没写完，剩下的就丢了；下一次得到 EAGAIN，程序因此结束。',
  'asyncio_chat-slow-reader':
    '有一个客户端不读。它收不下的先存着，再监视它的描述符等 EPOLLOUT，别人什么也感觉不到。',
  'stream_select-slow-reader':
    '有一个客户端不读。PHP 在 poll 里等它，这第二个等待循环并不知道，所有人都停住。',
  'io_select-slow-reader':
    '有一个客户端不读。write 得到 EAGAIN，Ruby 就在 ppoll 里只等那一个套接字，所有人都停住。',
  'node_net-slow-reader': '有一个客户端不读。libuv 把剩下的存着，等 EPOLLOUT；别人什么也感觉不到。',
  'epoll-no-descriptors':
    '客户端比描述符多。accept 以 EMFILE 失败，监听套接字仍然可读，循环每秒空转几千次。',
  'asyncio_chat-no-descriptors':
    '客户端比描述符多。asyncio 试的次数和等待队列一样长，然后一秒之内不再管监听套接字。',
  'nginx-no-descriptors': '客户端比描述符多。nginx 把监听套接字从 epoll 里拿出来，半秒以后再试。',
} as const;
