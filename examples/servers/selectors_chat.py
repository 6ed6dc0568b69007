"""A chat on selectors, where no client makes another wait: python3 selectors_chat.py PORT"""

import selectors
import socket
import sys

LIMIT = 1 << 20  # of an outbox: who reads nothing for so long is let go

selector = selectors.DefaultSelector()
outboxes = {}


def accept(listener):
    try:
        client, _ = listener.accept()
    except OSError:  # no descriptor is left: nobody is let in until someone leaves
        selector.unregister(listener)
        return
    client.setblocking(False)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    outboxes[client] = bytearray()
    selector.register(client, selectors.EVENT_READ, serve)


def serve(client, mask):
    try:
        if mask & selectors.EVENT_READ:
            data = client.recv(65536)
            if not data:
                return leave(client)
            for other in list(outboxes):
                outboxes[other] += data
                flush(other)
        if mask & selectors.EVENT_WRITE and client in outboxes:
            flush(client)
    except ConnectionError:
        leave(client)


def flush(client):
    outbox = outboxes[client]
    try:
        del outbox[: client.send(outbox)]
    except BlockingIOError:
        pass
    except ConnectionError:
        return leave(client)
    if len(outbox) > LIMIT:
        return leave(client)
    wants = selectors.EVENT_READ | (selectors.EVENT_WRITE if outbox else 0)
    if selector.get_key(client).events != wants:
        selector.modify(client, wants, serve)


def leave(client):
    if outboxes.pop(client, None) is not None:
        selector.unregister(client)
        client.close()
        if listener.fileno() not in selector.get_map():
            selector.register(listener, selectors.EVENT_READ, accept)


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", int(sys.argv[1])))
listener.listen()
selector.register(listener, selectors.EVENT_READ, accept)
print("listening on", listener.getsockname()[1], flush=True)

while True:
    for key, mask in selector.select():
        if key.fileobj is listener:
            accept(listener)
        elif key.fileobj in outboxes:
            serve(key.fileobj, mask)
