import {
  createRoom,
  type Net,
  OriginalServer,
  runLoop,
  type Step,
  WebSocketClient,
} from 'loopscope';
import { openNetworks } from 'loopscope/lesson';

const MARKUP = '<b>hi</b>';

/** Bytes that the room's and the original's answer take for the same text. */
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** A page joins and leaves. @returns the close code that it is told */
async function closeCode(
  make: (net: Net) => OriginalServer | ReturnType<typeof createRoom>,
): Promise<number> {
  const { server, address, client } = openNetworks({ network: 'sim' });
  const room = make(server);
  const opened: Step[] = await room.listen(address);
  const running = runLoop(server, room, undefined, opened);
  const net = client('page');
  let told = 0;
  const page = await WebSocketClient.connect(net, 'ws://127.0.0.1:8080', {
    onmessage: () => page.close(1000),
    onclose: ({ code }) => {
      told = code;
    },
  });
  await runLoop(net, page);
  room.stop();
  await running;
  return told;
}

export default {
  markup: () => bytesOf(MARKUP),
  room: async () => String(await closeCode((net) => createRoom(net))),
  original: async () => String(await closeCode((net) => new OriginalServer(net))),
};
