"""A chat on select, as tutorials write it: python3 select_chat.py PORT"""

import select
import socket
import sys

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", int(sys.argv[1])))
listener.listen()
print("listening on", listener.getsockname()[1], flush=True)
clients = []

while True:
    readable, _, _ = select.select([listener, *clients], [], [])
    for one in readable:
        if one is listener:
            client, _ = listener.accept()
            clients.append(client)
            continue
        data = one.recv(1024)
        if not data:
            clients.remove(one)
            one.close()
            continue
        for client in clients:
            client.sendall(data)  # whoever does not read makes everyone wait here
