/**
 * A chat with no WebSocket at all: plain TCP, one message a line. All of a select loop is here: the
 * sets, the turn, the buffer of each client, and the write set for those who read slowly.
 * Your first line is your name.
 *
 *     npx tsx examples/03-line-chat.ts [--port 8081]     stops with Ctrl-C
 *     nc 127.0.0.1 8081                                  joins it (or telnet 127.0.0.1 8081)
 */

import { parseArgs } from 'node:util';
import { type Fd, FdSet, joinBytes, Outbox, printable, SocketError } from 'loopscope';
import { NodeNet } from 'loopscope/node';

/** Most bytes of a line, and most that may wait for a client: one who exceeds either is put out. */
const MAX_LINE = 4_096;
const MAX_WAITING = 1 << 20;
const NEWLINE = 0x0a;

class Client {
  name = '';
  /** The beginning of a line whose end has not come yet: TCP cuts where it likes. */
  unfinished = new Uint8Array(0);
  readonly outbox = new Outbox();
}

const net = new NodeNet();
const [read, write, except] = [new FdSet(), new FdSet(), new FdSet()];
const clients = new Map<Fd, Client>();

function tellAll(line: string): void {
  const bytes = new TextEncoder().encode(`${line}\n`);
  for (const [fd, { name, outbox }] of clients) {
    if (name === '') continue; // who is still to say a name hears nothing
    outbox.push(bytes);
    write.add(fd); // select will say when there is room for it
  }
}

function accept(listener: Fd): void {
  const fd = net.accept(listener);
  clients.set(fd, new Client());
  read.add(fd);
}

function leave(fd: Fd): void {
  const name = clients.get(fd)?.name;
  clients.delete(fd);
  read.delete(fd);
  write.delete(fd);
  net.close(fd);
  if (name) tellAll(`* ${name} left`);
}

function readLines(fd: Fd, client: Client): void {
  const bytes = net.recv(fd, 4_096);
  if (bytes.length === 0) {
    leave(fd); // FIN: readable, and nothing to read
    return;
  }
  let rest = joinBytes([client.unfinished, bytes]);
  for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
    // decoded only now: a character that was cut in two is whole again
    const line = new TextDecoder().decode(rest.subarray(0, end)).replace(/\r$/, '');
    rest = rest.subarray(end + 1);
    deal(client, printable(line)); // what moves a cursor is harmless from here on
  }
  client.unfinished = rest.slice();
  if (rest.length > MAX_LINE) leave(fd);
}

/** The first line is a name, every other is for everyone. */
function deal(client: Client, line: string): void {
  if (line.trim() === '') return;
  if (client.name !== '') {
    tellAll(`${client.name}: ${line}`);
  } else {
    client.name = line;
    tellAll(`* ${line} is here`);
  }
}

function writeSome(fd: Fd, { outbox }: Client): void {
  outbox.flush(net, fd);
  if (outbox.length === 0) write.delete(fd); // or select would return at once, for ever
}

/** One client's turn. A connection that is lost, by RST for one, is the end of this client only. */
function look(fd: Fd, act: (fd: Fd, client: Client) => void): void {
  const client = clients.get(fd);
  if (client === undefined) return; // it left earlier in this turn
  try {
    act(fd, client);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    leave(fd);
  }
}

async function serve(port: number): Promise<void> {
  const listener = await net.listen({ host: '127.0.0.1', port });
  console.log(`lines are heard on 127.0.0.1:${net.getsockname(listener).port}; Ctrl-C stops it`);
  let running = true;
  process.once('SIGINT', () => {
    running = false;
    net.interrupt(); // select returns, with nothing ready
  });
  read.add(listener);
  while (running) {
    const ready = await net.select(read, write, except);
    // The listener is first in the set. So nobody has left yet in this turn when it accepts, and a
    // new client cannot get a number that is still in `ready` for another.
    for (const fd of ready.read) {
      if (fd === listener) accept(fd);
      else look(fd, readLines);
    }
    for (const fd of ready.write) look(fd, writeSome);
    for (const [fd, { outbox }] of clients) if (outbox.length > MAX_WAITING) leave(fd);
  }
  for (const fd of [listener, ...clients.keys()]) net.close(fd);
}

try {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '8081' } } });
  await serve(Number(values.port));
} catch (error) {
  if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
  console.error(`line-chat: ${error.message}`);
  process.exitCode = error instanceof SocketError && error.code !== 'EINVAL' ? 1 : 2;
}
