/** A chat on the library ws: npm install ws, then node node_ws.mjs PORT */

import { WebSocket, WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: Number(process.argv[2]), host: '127.0.0.1' });
server.on('listening', () => console.log(`listening on ${server.address().port}`));
server.on('connection', (client) => {
  client.on('error', () => {}); // its close comes next
  client.on('message', (data, isBinary) => {
    for (const one of server.clients) {
      if (one.readyState === WebSocket.OPEN) one.send(data, { binary: isBinary });
    }
  });
});
