"""A chat on the library websockets: python3 websockets_chat.py PORT"""

import asyncio
import sys

import websockets

clients = set()


async def serve(client, *_):
    clients.add(client)
    try:
        async for message in client:
            websockets.broadcast(clients, message)
    except websockets.ConnectionClosedError:
        pass
    finally:
        clients.discard(client)


async def main():
    # no compression, so that a recording can be read
    async with websockets.serve(serve, "127.0.0.1", int(sys.argv[1]), compression=None) as server:
        print("listening on", server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Future()


asyncio.run(main())
