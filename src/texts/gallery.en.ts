/**
 * What one sees in each recording of the gallery, by its name.
 * @module
 */

/** The texts by name. */
export const gallery = {
  select:
    'The usual loop in C: one select a message, one recv, three sends. Without TCP_NODELAY every third message waits some 40 ms.',
  epoll:
    'Edge-triggered: accept and recv go on until EAGAIN, a call more each time. TCP_NODELAY is set, and nothing waits.',
  select_chat:
    'The same loop in Python makes the same calls as in C, and one more for each accept. Every third message waits here too.',
  selectors_tutorial:
    'Python’s selectors wait in epoll: descriptors are named once, by epoll_ctl, and only those that are ready come back.',
  selectors_chat:
    'The same with an outbox for each client and TCP_NODELAY: hardly more calls, and no gap of 40 ms.',
  asyncio_chat:
    'asyncio asks with a time-out of 0 first, finds nothing, and then waits: two waits a message.',
  websockets_chat:
    'The library websockets turns the loop of asyncio several times for one message; most of its waits find nothing. Handshakes and frames can be read.',
  stream_select:
    'PHP’s streams wait in select, and once more in poll, on one socket alone, before each accept and each read.',
  socket_select:
    'PHP’s sockets make the very calls of the loop in C. The kit’s original is a server of this kind.',
  io_select:
    'Ruby’s IO.select makes the calls of the loop in C too. Beside the clients it watches a descriptor of its own, an eventfd.',
  node_net:
    'libuv asks with a time-out of 0 while there is something to do, and waits then. Node sets no TCP_NODELAY by itself, so every third message waits.',
  node_ws:
    'The library ws sets TCP_NODELAY. Head and payload of a frame go out in one call, writev; handshakes and frames can be read.',
  redis:
    'PUBLISH to all who have subscribed. The wait ends after 100 ms at the latest, so redis wakes ten times a second with nothing to do.',
  nginx:
    'Two workers, two loops, one listener: who has accepted takes it out of its epoll and puts it in again, so that the other has a turn. A request is answered by one writev.',
  'select_chat-slow-reader':
    'One client reads nothing. When its buffers are full, sendall waits, and everyone stands still for a second.',
  'selectors_tutorial-slow-reader':
    'One client reads nothing. A short write loses its rest; the next one gets EAGAIN, and the program dies of it.',
  'asyncio_chat-slow-reader':
    'One client reads nothing. What it does not take is kept, its descriptor is watched for EPOLLOUT, and the others notice nothing.',
  'stream_select-slow-reader':
    'One client reads nothing. PHP waits for it in poll, a second wait that the loop knows nothing of, and everyone stands still.',
  'io_select-slow-reader':
    'One client reads nothing. write gets EAGAIN, and Ruby waits in ppoll for that one socket, while everyone stands still.',
  'node_net-slow-reader':
    'One client reads nothing. libuv keeps what is left and watches for EPOLLOUT; the others notice nothing.',
  'epoll-no-descriptors':
    'More clients than descriptors. accept fails with EMFILE, the listener stays readable, and the loop turns thousands of times a second.',
  'asyncio_chat-no-descriptors':
    'More clients than descriptors. asyncio tries as often as its backlog is long, then leaves the listener alone for a second.',
  'nginx-no-descriptors':
    'More clients than descriptors. nginx takes its listener out of epoll, and tries again half a second later.',
} as const;
