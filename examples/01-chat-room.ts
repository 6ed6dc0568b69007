/**
 * A chat room in 60 lines of code. The server of the package accepts, shakes hands, parses and
 * sends; what is left is the chat: who has which name, and who hears what.
 *
 *     npx tsx examples/01-chat-room.ts [--port 8080]     stops with Ctrl-C
 *     npx loopscope chat --name Ada                      joins it
 */

import { parseArgs } from 'node:util';
import type { Application, Client, Members, ServerMessage } from 'loopscope';
import { readClientMessage, runLoop, Server, SocketError } from 'loopscope';
import { NodeNet } from 'loopscope/node';

const names = new Map<Client, string>();

/** One client hears it. @returns no steps of our own for the trace, as all of these do */
function tell(members: Members, client: Client, message: ServerMessage): [] {
  members.sendText(client, JSON.stringify(message));
  return [];
}

/** Everyone hears it, the speaker too: the room shows what was said, not the keyboard. */
function tellAll(members: Members, message: ServerMessage): [] {
  members.broadcastText(JSON.stringify(message));
  return [];
}

function announce(members: Members, type: 'login' | 'logout', content: string): [] {
  return tellAll(members, { type, content, user_list: [...names.values()] });
}

const chat: Application = {
  opened: (members, client) => tell(members, client, { type: 'handshake', content: 'done' }),
  received(members, client, said) {
    const message = said.isText ? readClientMessage(said.text) : 'the chat takes text only';
    if (typeof message === 'string')
      return tell(members, client, { type: 'system', content: message });
    const { type, content } = message;
    if (type === 'login') {
      names.set(client, content);
      return announce(members, type, content);
    }
    const from = names.get(client);
    if (from !== undefined) return tellAll(members, { type, from, content });
    return tell(members, client, { type: 'system', content: 'say who you are first: log in' });
  },
  left(members, client) {
    const name = names.get(client);
    names.delete(client);
    return name === undefined ? [] : announce(members, 'logout', name);
  },
};

try {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } });
  const net = new NodeNet();
  const server = new Server(net, chat);
  const opened = await server.listen({ host: '127.0.0.1', port: Number(values.port) });
  const bind = opened.find((step) => step.step === 'bind');
  console.log(`the room is open on ws://127.0.0.1:${bind?.port}; Ctrl-C stops it`);
  process.on('SIGINT', () => server.stop()); // everyone gets a Close frame with 1001
  await runLoop(net, server);
} catch (error) {
  if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
  console.error(`chat-room: ${error.message}`);
  process.exitCode = error instanceof SocketError && error.code !== 'EINVAL' ? 1 : 2;
}
