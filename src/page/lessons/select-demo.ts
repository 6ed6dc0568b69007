/**
 * The demo of lesson 4 in the page: socket_select as PHP has it, called five times on a simulated
 * network. What stands here was not written down but comes out of the calls.
 * @module
 */

import { SimNet } from '../../net/sim.js';
import { socketFunctions } from '../../net/socket-select.js';
import { AF_INET, SOCK_STREAM, SOL_TCP, type Socket } from '../../net/socket-values.js';

/** What a call is there for. */
export type CallName = 'nobody' | 'ming' | 'ada' | 'copy' | 'write';

/** One call: the keys of its arrays before and after, and what it returned. */
export interface DemoCall {
  /** What it is there for. */
  readonly name: CallName;
  /** All sockets, whether they are in the arrays or not. */
  readonly keys: readonly string[];
  /** `$read` before and after. */
  readonly read: readonly [before: readonly string[], after: readonly string[]];
  /** `$write` before and after. */
  readonly write: readonly [before: readonly string[], after: readonly string[]];
  /** What was returned. */
  readonly returned: number;
}

type Sockets = Record<string, Socket>;

/** Makes the five calls. */
export async function playSelectDemo(): Promise<DemoCall[]> {
  const world = new SimNet();
  const server = world.host('server');
  const php = socketFunctions(server);
  const listener = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
  php.socket_bind(listener, 'server', 8080);
  await php.socket_listen(listener, 9);
  const sockets: Sockets = { listener };
  const speak = new Map<string, () => Promise<void>>();
  for (const name of ['ada', 'ming']) {
    const client = world.host(name);
    const fd = await client.connect({ host: 'server', port: 8080 });
    speak.set(name, async () => {
      client.send(fd, new TextEncoder().encode('hello'));
      await world.settle();
    });
    await php.socket_select({ listener }, null, null, null);
    const accepted = php.socket_accept(listener);
    if (accepted !== false) sockets[name] = accepted;
  }
  const calls: DemoCall[] = [];
  const call = async (name: CallName, read: Sockets, write: Sockets): Promise<void> => {
    const before = [Object.keys(read), Object.keys(write)] as const;
    const returned = Number(await php.socket_select(read, write, null, 0)); // it does not fail here
    const after = [Object.keys(read), Object.keys(write)] as const;
    calls.push({
      name,
      keys: Object.keys(sockets),
      read: [before[0], after[0]],
      write: [before[1], after[1]],
      returned,
    });
  };
  await call('nobody', { ...sockets }, {});
  const kept = { ...sockets };
  await speak.get('ming')?.();
  await call('ming', kept, {});
  await speak.get('ada')?.();
  await call('ada', kept, {});
  await call('copy', { ...sockets }, {});
  const { ada } = sockets;
  await call('write', { ...sockets }, ada === undefined ? {} : { ada });
  server.closeAll();
  return calls;
}
