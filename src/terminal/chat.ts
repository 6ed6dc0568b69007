/**
 * `loopscope chat`: a person in the room, from a terminal. The connection is a select loop too.
 * @module
 */

import { userInfo } from 'node:os';
import type { Interface } from 'node:readline';
import { readServerMessage, type ServerMessage } from '../chat/vocabulary.js';
import { WebSocketClient } from '../chat/websocket-client.js';
import { SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import { runLoop } from '../trace/loop.js';
import { printable } from '../trace/text.js';
import { type Close, CloseCode } from '../websocket/closing.js';
import type { Message } from '../websocket/message.js';
import { pc } from './colours.js';
import { Failure } from './failure.js';
import { clearLine, openLines, writeLine } from './print.js';

/** What `loopscope chat` takes. */
export interface ChatOptions {
  /** The name to log in with; by default that of the account. */
  name?: string;
}

/**
 * Chats until the person leaves (Ctrl-D, Ctrl-C or /quit), the lines of a pipe are at their end, or the
 * server goes away.
 *
 * @throws Failure when the server cannot be reached, refuses, or goes away
 */
export async function chat(url: string, options: ChatOptions): Promise<void> {
  const name = options.name ?? userName();
  const net = new NodeNet();
  let ended: Close | null = null;
  let leaving = false;
  let unsaid = 0;
  const screen = new Screen();

  const client = await connect(net, url, {
    onopen: () => {
      screen.print(pc.dim(`connected to ${url}; write and press Enter, /quit leaves`));
      client.send(JSON.stringify({ type: 'login', content: name }));
      // nothing is read before: a pipe is at its end at once, and what it held could not be sent yet
      screen.start(say, leave);
    },
    onmessage: (message) => screen.print(sentence(message)),
    onclose: (close) => {
      ended = close;
      screen.close();
    },
  });
  process.once('SIGHUP', leave); // the terminal was closed

  function say(line: string): void {
    if (line === '/quit') leave();
    else if (line !== '' && !leaving) {
      const isTaken = client.send(JSON.stringify({ type: 'user', content: line }));
      if (!isTaken && ended === null) unsaid++;
    }
  }

  function leave(): void {
    leaving = true;
    client.close(CloseCode.normal);
  }

  await runLoop(net, client);
  if (ended !== null && !(leaving && isGood(ended))) throw new Failure(goodbye(ended));
  if (client.bufferedAmount > 0) unsaid++;
  if (unsaid > 0) throw new Failure('not all was said: the server reads too slowly, or not at all');
}

async function connect(
  ...[net, url, options]: Parameters<typeof WebSocketClient.connect>
): Promise<WebSocketClient> {
  try {
    return await WebSocketClient.connect(net, url, options);
  } catch (error) {
    if (error instanceof SocketError) throw new Failure(error.message);
    if (error instanceof TypeError) throw new Failure(error.message, 2);
    throw error;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'guest'; // an account without an entry in the password file
  }
}

/** Whether it is the end that who leaves awaits; the mirror of the original answers no Close. */
function isGood({ code }: Close): boolean {
  return code === CloseCode.normal || code === CloseCode.goingAway || code === CloseCode.abnormal;
}

function goodbye({ code, reason }: Close): string {
  return `the connection ended with ${code}${reason === '' ? '' : `: ${printable(reason)}`}`;
}

/** What the server said, as a line. */
function sentence(message: Message): string {
  // binary need not be UTF-8, and the room sends none
  if (!message.isText) return pc.dim(`? ${message.payload.length} bytes that are no text`);
  const said = readServerMessage(message.text);
  return said === null ? `${pc.dim('?')} ${printable(message.text)}` : SENTENCES[said.type](said);
}

const SENTENCES: { [T in ServerMessage['type']]: (message: ServerMessage) => string } = {
  handshake: () => pc.dim('the handshake is done'),
  login: (message) => pc.green(`${printable(message.content)} is here (${here(message)})`),
  logout: (message) => pc.red(`${printable(message.content)} left (${here(message)})`),
  user: (message) =>
    message.type === 'user'
      ? `${pc.bold(printable(message.from))}: ${printable(message.content)}`
      : '',
  system: (message) => pc.yellow(printable(message.content)),
};

function here(message: ServerMessage): string {
  const users = 'user_list' in message ? message.user_list : [];
  return users.length === 0 ? 'nobody is here' : `here: ${users.map(printable).join(', ')}`;
}

/** Lines in, lines out; on a terminal what comes in appears above the line being written. */
class Screen {
  readonly #isTerminal = process.stdout.isTTY === true;
  #readline: Interface | null = null;

  start(onLine: (line: string) => void, onEnd: () => void): void {
    const readline = openLines();
    readline.setPrompt(this.#isTerminal ? '> ' : '');
    readline.on('line', (line) => {
      onLine(line);
      if (this.#isTerminal) readline.prompt();
    });
    readline.on('SIGINT', () => readline.close());
    readline.on('close', () => {
      this.#readline = null; // a prompt would have the terminal read again, and nobody would end that
      onEnd();
    });
    if (this.#isTerminal) readline.prompt();
    this.#readline = readline;
  }

  print(line: string): void {
    if (this.#readline !== null) clearLine();
    writeLine(line);
    if (this.#isTerminal) this.#readline?.prompt(true);
  }

  close(): void {
    this.#readline?.removeAllListeners('close');
    this.#readline?.close();
    clearLine();
  }
}
