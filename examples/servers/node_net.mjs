/** A chat on node:net: node node_net.mjs PORT */

import { createServer } from 'node:net';

const clients = new Set();

const server = createServer((client) => {
  clients.add(client);
  client.on('data', (data) => {
    for (const one of clients) one.write(data);
  });
  client.on('error', () => {}); // its close comes next
  client.on('close', () => clients.delete(client));
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => {
  console.log(`listening on ${server.address().port}`);
});
