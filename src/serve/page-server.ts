/**
 * Serves the page beside the room's socket: its files, and for `serve --step` the steps as they are
 * taken, and the controls for whoever has the token. It knows nothing of the room.
 * @module
 */

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { type Admission, hostProblem, isOwnHost } from '../chat/origin.js';
import { Failure } from '../terminal/failure.js';
import type { Gate } from '../terminal/gate.js';
import { answers } from '../texts/serve.en.js';
import { answer, bodyOf } from './answers.js';
import type { ClassDoor } from './class-door.js';
import { isAllowed, obey, type Tickets } from './control.js';
import type { TraceStream } from './event-stream.js';
import { asTyped } from './free-port.js';
import { type Connection, type SeatLimits, Seats } from './seats.js';

/** What a page server is made of. */
export interface PageServerOptions {
  /** The address to listen on, the room's own. */
  host: string;
  /** The port; 0 takes any free one. */
  port: number;
  /** By which names it may be asked for: the room's own. */
  admission: Admission;
  /** The room's port. */
  roomPort: number;
  /** Which server it is. */
  profile: string;
  /** What a server that is stepped through has; null for one that is not. */
  live: Live | null;
  /** The program that is watched, where that is what the page shows: then there is no room. */
  watched?: string;
  /** What a server with a class has; null, or nothing, for one without. */
  door?: ClassDoor | null;
  /** The folder of the page; the built one if none is given. */
  folder?: string;
  /** What one page may take. */
  limits?: Partial<PageLimits>;
  /** The address that a connection comes from; what the system says of it, if nothing is given. */
  addressOf?: (connection: Connection) => string;
}

/** What one page may take of the server. */
export interface PageLimits extends SeatLimits {
  /** Milliseconds from the connection, or from the request before, to the end of a request's fields. */
  headersTimeoutMs: number;
  /** Milliseconds without a byte in either direction; the readers of steps are not counted. */
  idleTimeoutMs: number;
}

/** A server that is stepped through. */
export interface Live {
  /** Its steps. */
  stream: TraceStream;
  /** Those of a further loop of a program that is watched, from 2. */
  streamOf?: (loop: number) => TraceStream | undefined;
  /** The text of a source file that a step of a program that is watched has named; null for any other. */
  sourceOf?: (file: string) => string | null;
  /** Where it stands still. */
  gate: Gate;
  /** Whoever knows it has the controls. */
  token: string;
  /** What the token is given for, once each. */
  tickets: Tickets;
}

/** A page server that runs. */
export interface PageServer {
  /** Its port. */
  port: number;
  /** Ends it, and every connection to it. */
  close(): Promise<void>;
}

const FOLDER = fileURLToPath(new URL('../../dist/page', import.meta.url));

/** Nothing but the page's own files, no frame around it, and WebSockets for the chat. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self' ws:; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** What one page may take unless something else is asked for. */
export const PAGE_LIMITS: PageLimits = {
  connections: 500,
  connectionsPerAddress: 100,
  headersTimeoutMs: 5_000,
  idleTimeoutMs: 30_000,
};

/** Pages that do not hang up by themselves are cut off after so many milliseconds. */
const PATIENCE_MS = 500;

/** Whether the page was built. */
export function hasPage(folder = FOLDER): boolean {
  return existsSync(`${folder}/index.html`);
}

/**
 * Opens a page server.
 *
 * @throws Failure where the port is taken, or the address is none of this machine
 */
export async function openPageServer(options: PageServerOptions): Promise<PageServer> {
  const { host, port, live, door = null, folder = FOLDER } = options;
  const {
    roomPort,
    profile,
    admission,
    addressOf = ({ remoteAddress = '' }) => remoteAddress,
  } = options;
  const limits = { ...PAGE_LIMITS, ...options.limits };
  const seats = new Seats(limits);
  const about = (): string => {
    const classOf = door === null ? {} : { class: { join: door.join } };
    const watched = options.watched === undefined ? {} : { watched: options.watched };
    return JSON.stringify({ port: roomPort, profile, live: live !== null, ...watched, ...classOf });
  };
  const files = sirv(folder, {
    dev: true, // it may be built again meanwhile
    etag: true,
    gzip: true, // page.js.gz and page.js.br lie beside page.js
    brotli: true,
  });
  const server = createServer(timesOf(limits), (request, response) => {
    seats.asked(request.socket);
    response.once('close', () => seats.answered(request.socket));
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (!isOwnHost(request.headers.host, admission)) {
      answer(response, 421, `${hostProblem(request.headers.host)}\n`);
      return;
    }
    const path = request.url?.replace(/\?.*$/s, '');
    if (door?.take(path, request, response) === true) return;
    if (live !== null && path === '/control') void control(request, response, live);
    else if (request.method !== 'GET' && request.method !== 'HEAD') answer(response, 405, 'GET');
    else if (path === '/server.json') answer(response, 200, about(), 'application/json');
    else if (live !== null && path === '/events') {
      stream(request, response, live, addressOf(request.socket));
    } else if (live?.sourceOf !== undefined && path === '/source') {
      const text = live.sourceOf(queryOf(request).get('file') ?? '');
      answer(response, text === null ? 404 : 200, text ?? '');
    } else {
      delete request.headers.range; // the files are small, and sirv throws for 5-2
      files(request, response);
    }
  });
  server.setTimeout(limits.idleTimeoutMs);
  server.on('connection', (connection) => seats.take(connection, addressOf(connection)));
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw whyNot(error as NodeJS.ErrnoException, options);
  }
  return {
    port: (server.address() as { port: number }).port,
    async close() {
      live?.stream.end();
      door?.end();
      const closed = once(server, 'close');
      server.close();
      const impatience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
      await closed;
      clearTimeout(impatience);
    },
  };
}

/** Node looks every half minute unless it is told; a command's few bytes get as long as the fields. */
function timesOf({ headersTimeoutMs }: PageLimits): ServerOptions {
  return {
    headersTimeout: headersTimeoutMs,
    requestTimeout: 2 * headersTimeoutMs,
    connectionsCheckingInterval: headersTimeoutMs / 5,
  };
}

/** The token comes in the query, because an EventSource sends no fields of its own. */
function stream(
  request: IncomingMessage,
  response: ServerResponse,
  { stream: first, streamOf, token }: Live,
  address: string,
): void {
  if (request.method === 'HEAD') {
    answer(response, 405, 'GET');
    return;
  }
  const id = request.headers['last-event-id'];
  const query = queryOf(request);
  const given = query.get('token');
  const stream = streamOf?.(Number(query.get('loop'))) ?? first;
  const isHolder = isAllowed(`Bearer ${given}`, token);
  const reader = { lastId: typeof id === 'string' ? id : '', address, isHolder };
  if (stream.add(response, reader))
    response.setTimeout(0); // a server may stand still for an hour
  else answer(response, 503, answers.tooMany);
}

function queryOf({ url }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url?.replace(/^[^?]*/s, ''));
}

async function control(
  request: IncomingMessage,
  response: ServerResponse,
  { gate, token, tickets }: Live,
): Promise<void> {
  if (request.method !== 'POST') return answer(response, 405, 'POST');
  if (tickets.take(request.headers.authorization, performance.now())) {
    return answer(response, 200, token);
  }
  if (!isAllowed(request.headers.authorization, token)) {
    return answer(response, 403, answers.controls);
  }
  const body = await bodyOf(request);
  if (body === null) return answer(response, 413, answers.tooLong);
  if (!obey(gate, body)) return answer(response, 400, answers.noCommand);
  response.writeHead(204).end();
}

function whyNot(
  error: NodeJS.ErrnoException,
  { host, port, door = null }: PageServerOptions,
): Failure {
  const { code, message } = error;
  const where = { host, port, other: asTyped('--page-port N'), none: asTyped('--no-page') };
  const failure =
    code === 'EADDRINUSE'
      ? new Failure(door === null ? 'serve.pagePort.taken' : 'class.pagePort', where)
      : code === 'EACCES'
        ? new Failure('serve.pagePort.refused', where)
        : new Failure('serve.page', { message });
  return Object.assign(failure, { code });
}
