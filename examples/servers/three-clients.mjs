/** Three clients and ten messages for a server of yours that says each line to everyone: node three-clients.mjs PORT */

import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

function stop(why, code) {
  console.error(`three-clients: ${why}`);
  process.exit(code);
}

const port = Number(process.argv[2]);
if (!(port > 0 && port < 65_536)) stop('it takes the port of a server', 2);
const clients = [];
while (clients.length < 3) {
  const client = connect(port, '127.0.0.1').setNoDelay();
  await once(client, 'connect').catch(() => stop(`nobody listens on port ${port}`, 1));
  clients.push(client);
  await delay(50); // it is accepted in a turn of its own
}
for (let i = 0; i < 10; i++) {
  const heard = Promise.all(clients.map((client) => once(client, 'data')));
  clients[i % 3].write(`message ${i}\n`);
  await heard;
}
for (const client of clients) {
  client.end();
  await once(client.resume(), 'close');
}
