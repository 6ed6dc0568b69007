"""A chat on asyncio's streams: python3 asyncio_chat.py PORT"""

import asyncio
import sys

writers = set()


async def serve(reader, writer):
    writers.add(writer)
    try:
        while data := await reader.read(1024):
            for one in writers:
                one.write(data)  # nobody waits for drain(): what is not read is kept
    except ConnectionError:
        pass
    finally:
        writers.discard(writer)
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]))
    print("listening on", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
