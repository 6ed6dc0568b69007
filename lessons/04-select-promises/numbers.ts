import { AF_INET, SimNet, SOCK_STREAM, SOL_TCP, socketFunctions } from 'loopscope';
import recorded from './recorded.json' with { type: 'json' };

/** Two clients that have spoken, and one that is asked about for writing too, as at the end of the demo. */
async function lastCall(): Promise<number | false> {
  const world = new SimNet();
  const php = socketFunctions(world.host('server'));
  const listener = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
  php.socket_bind(listener, 'server', 8080);
  await php.socket_listen(listener);
  const accepted = [];
  for (const name of ['ada', 'ming']) {
    const net = world.host(name);
    const fd = await net.connect({ host: 'server', port: 8080 });
    net.send(fd, Uint8Array.of(33));
    await world.settle();
    const socket = php.socket_accept(listener);
    if (socket !== false) accepted.push(socket);
  }
  return php.socket_select([listener, ...accepted], accepted.slice(0, 1), null, 0);
}

export default { php: () => recorded.php, demoLast: lastCall };
