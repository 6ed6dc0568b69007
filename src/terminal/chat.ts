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
import { chat as chatTexts } from '../texts/chat.en.js';
import { chat as chatTextsZh } from '../texts/chat.zh.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { type Say, speaker } from '../texts/say.js';
import { runLoop } from '../trace/loop.js';
import { printable } from '../trace/text.js';
import { type Close, CloseCode } from '../websocket/closing.js';
import type { Message } from '../websocket/message.js';
import { pc } from './colours.js';
import { Failure } from './failure.js';
import { clearLine, openLines, writeLine } from './print.js';

/** Says what stands in the table. */
type ChatSay = Say<keyof typeof chatTexts>;

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
export async function chat(
  url: string,
  options: ChatOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  const say = speaker({ en: chatTexts, zh: chatTextsZh }, language, { grouping: false });
  const name = options.name ?? userName();
  const net = new NodeNet();
  let ended: Close | null = null;
  let leaving = false;
  let unsaid = 0;
  const screen = new Screen();

  const client = await connect(net, url, {
    onopen: () => {
      screen.print(pc.dim(say('connected', { url })));
      client.send(JSON.stringify({ type: 'login', content: name }));
      // nothing is read before: a pipe is at its end at once, and what it held could not be sent yet
      screen.start(tell, leave);
    },
    onmessage: (message) => screen.print(sentence(message, say)),
    onclose: (close) => {
      ended = close;
      screen.close();
    },
  });
  process.once('SIGHUP', leave); // the terminal was closed

  function tell(line: string): void {
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
  if (ended !== null && !(leaving && isGood(ended))) throw goodbye(ended);
  if (client.bufferedAmount > 0) unsaid++;
  if (unsaid > 0) throw new Failure('chat.unsaid', {});
}

async function connect(
  ...[net, url, options]: Parameters<typeof WebSocketClient.connect>
): Promise<WebSocketClient> {
  try {
    return await WebSocketClient.connect(net, url, options);
  } catch (error) {
    if (error instanceof SocketError) throw new Failure(error);
    if (error instanceof TypeError) throw new Failure(error, 2);
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

function goodbye({ code, reason }: Close): Failure {
  if (reason === '') return new Failure('chat.ended', { code });
  return new Failure('chat.ended.reason', { code, reason: printable(reason) });
}

/** What the server said, as a line. */
function sentence(message: Message, say: ChatSay): string {
  // binary need not be UTF-8, and the room sends none
  if (!message.isText) return pc.dim(say('binary', { length: message.payload.length }));
  const said = readServerMessage(message.text);
  if (said === null) return say('other', { sign: pc.dim('?'), text: printable(message.text) });
  return roomSentence(said, say);
}

function roomSentence(message: ServerMessage, say: ChatSay): string {
  switch (message.type) {
    case 'handshake':
      return pc.dim(say('handshake'));
    case 'login':
    case 'logout': {
      const name = printable(message.content);
      const text = say(message.type, { name, here: here(message.user_list, say) });
      return message.type === 'login' ? pc.green(text) : pc.red(text);
    }
    case 'user': {
      const name = pc.bold(printable(message.from));
      return say('user', { name, text: printable(message.content) });
    }
    case 'system':
      return pc.yellow(printable(message.content));
    default:
      return message satisfies never;
  }
}

function here(users: readonly string[], say: ChatSay): string {
  if (users.length === 0) return say('here.nobody');
  return say('here', { names: users.map(printable) });
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
