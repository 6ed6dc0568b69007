/**
 * 60 行代码的聊天室。接受连接、握手、解析、发送，都由这个包的服务器做；剩下的就是聊天：谁叫什么名字，
 * 谁听到什么。
 *
 *     npx tsx examples/01-chat-room.zh.ts [--port 8080]     Ctrl-C 停止
 *     npx loopscope chat --name Ada                         加入它
 */

import { parseArgs } from 'node:util';
import type { Application, Client, Members, ServerMessage } from 'loopscope';
import { readClientMessage, runLoop, Server, SocketError } from 'loopscope';
import { NodeNet } from 'loopscope/node';

const names = new Map<Client, string>();

/** 一个客户端听到。@returns 空的：轨迹里没有我们自己的步；下面几个也一样 */
function tell(members: Members, client: Client, message: ServerMessage): [] {
  members.sendText(client, JSON.stringify(message));
  return [];
}

/** 所有人都听到，说话的人也一样：屏幕上是聊天室听到的话，不是自己敲的字。 */
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
  console.log(`聊天室开了，Ctrl-C 停止：ws://127.0.0.1:${bind?.port}`);
  process.on('SIGINT', () => server.stop()); // 每个人都收到一个关闭帧，关闭码 1001
  await runLoop(net, server);
} catch (error) {
  if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
  console.error(`chat-room: ${error.message}`);
  process.exitCode = error instanceof SocketError && error.code !== 'EINVAL' ? 1 : 2;
}
