/**
 * A client for any WebSocket server: each line that you write is one message, and each message that
 * comes is one line. It is a select loop too, with one connection.
 *
 *     npx tsx examples/06-client.ts [ws://127.0.0.1:8080]     ends with Ctrl-D or Ctrl-C
 *     {"type":"login","content":"Ada"}                        a line for the chat room
 */

import { createInterface, type Interface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Close, printable, runLoop, SocketError, WebSocketClient } from 'loopscope';
import { NodeNet } from 'loopscope/node';

/** How a connection ends that nobody has to mend: it was closed, its end goes away, no code was given. */
const GOOD_ENDS = [1000, 1001, 1005];

/** Talks until either side has enough. @returns how the connection ended */
async function talk(url: string): Promise<Close> {
  const net = new NodeNet();
  let lines: Interface | null = null;
  let ended: Close = { code: 1006, reason: '' };
  const client = await WebSocketClient.connect(net, url, {
    onopen() {
      console.log(`connected to ${url}`);
      // only from here on: a line that is read before could not be sent yet
      lines = createInterface({ input: process.stdin });
      lines.on('line', (line) => client.send(line)).on('close', () => client.close(1000));
    },
    onmessage(message) {
      const { isText, payload } = message; // the getter `text` decodes, and binary is no UTF-8
      console.log(isText ? printable(message.text) : `(${payload.length} bytes, no text)`);
    },
    onclose(close) {
      ended = close;
      lines?.close(); // or Node would wait for the keyboard
    },
  });
  process.once('SIGINT', () => client.close(1000));
  await runLoop(net, client);
  return ended;
}

try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const { code, reason } = await talk(positionals[0] ?? 'ws://127.0.0.1:8080');
  console.log(`the connection ended with ${code} ${printable(reason)}`.trimEnd());
  if (!GOOD_ENDS.includes(code)) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
  console.error(`client: ${error.message}`);
  process.exitCode = error instanceof SocketError ? 1 : 2;
}
