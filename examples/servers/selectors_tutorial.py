"""A chat on selectors, as tutorials write it: python3 selectors_tutorial.py PORT"""

import selectors
import socket
import sys

selector = selectors.DefaultSelector()
clients = []


def accept(listener):
    client, _ = listener.accept()
    client.setblocking(False)
    clients.append(client)
    selector.register(client, selectors.EVENT_READ, serve)


def serve(client):
    data = client.recv(1024)
    if not data:
        clients.remove(client)
        selector.unregister(client)
        client.close()
        return
    for one in clients:
        one.send(data)  # nobody looks at what it took; one that is full ends the program


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", int(sys.argv[1])))
listener.listen()
listener.setblocking(False)
selector.register(listener, selectors.EVENT_READ, accept)
print("listening on", listener.getsockname()[1], flush=True)

while True:
    for key, _ in selector.select():
        key.data(key.fileobj)
