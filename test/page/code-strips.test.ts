import { describe, expect, test } from 'vitest';
import {
  bytesReadBy,
  FIELD_NAMES,
  fieldOfLine,
  PARSER_FILE,
  parserLine,
} from '../../src/page/bytes/parser-lines.js';
import { callOf, isStep, runsAt, stepOfLine } from '../../src/page/shared/calls.js';
import { type SourceFile, stripOf, textOf } from '../../src/page/shared/sources.js';
import { isAbout, nextOf } from '../../src/page/walk/next.js';
import { Walk } from '../../src/page/walk/walk.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { PHP_FILE, SOURCE_FILES } from '../../src/trace/regions.js';
import { highlightAll } from '../../tools/page-sources.js';

const files = await highlightAll();
const scenario = SCENARIOS.get('two-clients');
if (scenario === undefined) throw new Error('bug: two-clients is not shipped');
const { events } = await simulate(scenario, { seed: 7 });

function fileOf(path: string): SourceFile {
  const file = files[path];
  if (file === undefined) throw new Error(`bug: no ${path}`);
  return file;
}

/** What each step of a side calls, as it stands in the source. */
function callsOf(paths: readonly string[]): Record<string, string> {
  const calls: Record<string, string> = {};
  for (const file of paths.map(fileOf)) {
    for (const region of file.regions.filter(isStep)) {
      const call = callOf(file, region);
      calls[region.name] = textOf(
        file.lines.find(({ number }) => number === call) ?? { number: 0, words: [] },
      ).trim();
    }
  }
  return calls;
}

describe('the one call of each step', () => {
  test('in the PHP', () => {
    expect(callsOf([PHP_FILE])).toMatchInlineSnapshot(`
      {
        "accept": "$client = @socket_accept($this->master);",
        "bind": "@socket_bind($this->master, $host, $port) || self::refuse('bind', $host, $port);",
        "broadcast": "$this->send($client, $data);",
        "deal": "$reply = (string) json_encode($response);",
        "disconnect": "unset($this->sockets[$fd]);",
        "handshake": "$accept = base64_encode(sha1($key . '258EAFA5-E914-47DA-95CA-C5AB0DC85B11', true));",
        "listen": "@socket_listen($this->master, self::BACKLOG) || self::refuse('listen', $host, $port);",
        "parse": "$text = $data ^ str_repeat($mask, intdiv(strlen($data), 4) + 1);",
        "recv": "$bytes = @socket_recv($socket, $buffer, self::RECV_LENGTH, 0);",
        "select": "$ready = @socket_select($sockets, $write, $except, null); // leaves the readable in $sockets",
        "send": "$taken = (int) @socket_write($socket, $data, strlen($data));",
        "setsockopt": "socket_set_option($this->master, SOL_SOCKET, SO_REUSEADDR, 1);",
        "socket": "$this->master = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);",
      }
    `);
  });

  test('in the room', () => {
    expect(callsOf(SOURCE_FILES.rfc6455)).toMatchInlineSnapshot(`
      {
        "accept": "const fd = this.#listener.accept(listener, this.#clients.size);",
        "bind": "{ step: 'bind', fd, ...this.#net.getsockname(fd) },",
        "broadcast": "for (const { to, bytes } of members.broadcastText(json)) {",
        "deal": "const reply = this.#deal(client, text);",
        "disconnect": "this.#clients.end(client, how === 'refused' ? how : 'left');",
        "error": "yield* this.#leave({ client, cause: causeOf(received.problem), how: 'refused' });",
        "handshake": "const answer = client.handshake?.feed(bytes) ?? null;",
        "listen": "{ step: 'listen', fd, backlog },",
        "parse": "for (let next = frames.next(); next.done !== true; next = frames.next()) {",
        "recv": "bytes = this.#net.recv(fd, RECV_LENGTH);",
        "select": "const ready = await net.select(program.read, program.write, NONE, program.timeoutMs());",
        "send": "const taken = this.parts.drain(this.#net, client, this.write, joiner);",
        "setsockopt": "{ step: 'setsockopt', fd, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1 },",
        "socket": "const fd = await this.#net.listen(address, { backlog });",
      }
    `);
  });

  test('in the twin of the original', () => {
    expect(callsOf(SOURCE_FILES.original)).toMatchInlineSnapshot(`
      {
        "accept": "fd = this.#net.accept(master);",
        "bind": "{ step: 'bind', fd, ...this.#net.getsockname(fd) },",
        "block": "yield { step: 'block', fd, syscall: 'send', reason };",
        "broadcast": "for (const fd of to) yield* this.#write(fd, msg);",
        "deal": "const reply = encode(response);",
        "disconnect": "this.#sockets.delete(fd);",
        "handshake": "const accept = btoa(String.fromCharCode(...sha1(latin1Bytes(key + GUID))));",
        "listen": "{ step: 'listen', fd, backlog: LISTEN_SOCKET_NUM },",
        "parse": "const decoded = unmask(buffer);",
        "recv": "bytes = this.#net.recv(fd, RECV_LENGTH);",
        "select": "const ready = await net.select(program.read, program.write, NONE, program.timeoutMs());",
        "send": "taken = this.#net.send(fd, rest);",
        "setsockopt": "{ step: 'setsockopt', fd, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1 },",
        "socket": "const fd = await this.#net.listen(address, { backlog: LISTEN_SOCKET_NUM });",
      }
    `);
  });

  test('is not looked for in what only a lesson quotes', () => {
    const php = fileOf(PHP_FILE);
    const lesson = php.regions.find(({ name }) => name === 'lesson-build');
    if (lesson === undefined) throw new Error('the PHP has no lesson-build');
    expect(isStep(lesson)).toBe(false);
    expect(stepOfLine(php, lesson.from)).toBeNull();
  });
});

describe('a strip', () => {
  const php = fileOf(PHP_FILE);
  const strip = (name: string, length = 5) => {
    const region = php.regions.find((one) => one.name === name);
    if (region === undefined) throw new Error(`the PHP has no ${name}`);
    const call = callOf(php, region);
    return { region, call, ...stripOf(php, region, call, length) };
  };

  test.each(php.regions.filter(isStep).map(({ name }) => [name]))(
    'of %s has five lines, the call among them',
    (name) => {
      const { lines, call, region, above, below } = strip(name);
      expect(lines).toHaveLength(5);
      expect(lines.map(({ number }) => number)).toContain(call);
      const own = lines.filter(({ number }) => number >= region.from && number <= region.to);
      expect(above + own.length + below).toBe(region.to - region.from + 1);
    },
  );

  test('of a long step says how much of it is left out above and below; a short one has its surroundings', () => {
    expect(strip('deal')).toMatchObject({ above: 23, below: 0 });
    expect(strip('handshake')).toMatchObject({ above: 1, below: 7 });
    expect(strip('bind')).toMatchObject({ above: 0, below: 0 });
  });

  test('of a file that is shorter is the file', () => {
    const file = {
      file: 'a.ts',
      regions: [],
      lines: [1, 2].map((number) => ({ number, words: [] })),
    };
    expect(stripOf(file, { name: 'x', from: 2, to: 2 }, 2, 5).lines).toHaveLength(2);
  });
});

describe('a line leads', () => {
  test('to the next time that its step is taken', () => {
    const php = fileOf(PHP_FILE);
    const walk = new Walk();
    walk.load(events);
    const line = php.lines.find((one) => textOf(one).includes('socket_recv('))?.number ?? 0;
    const step = stepOfLine(php, line);
    expect(step).toBe('recv');
    if (step === null) return;
    const seen: number[] = [];
    while (walk.missed.value === null) {
      walk.toNext((event) => runsAt(php, step, event), 'it');
      seen.push(walk.position.value);
    }
    const all = events.flatMap(({ step }, i) => (step === 'recv' ? [i + 1] : []));
    expect(seen).toEqual([...all, all.at(-1)]);
    expect(walk.missed.value).toEqual({ what: 'it', first: all[0] });
    walk.back();
    expect(walk.missed.value).toBeNull();
  });

  test('in PHP, whose send is what blocks, to a block; in the twin, which has one of its own, not', () => {
    const block = { step: 'block', fd: 4, syscall: 'send', reason: '' } as unknown as TraceEvent;
    expect(runsAt(fileOf(PHP_FILE), 'send', block)).toBe(true);
    expect(runsAt(fileOf('src/chat/original.ts'), 'send', block)).toBe(false);
    expect(runsAt(fileOf('src/chat/original.ts'), 'block', block)).toBe(true);
  });

  test('of the parser to the bytes that it read: those of the frame that one looks at, then of a later one', () => {
    const frame = (offset: number) => ({
      offset,
      length: 3,
      spans: [
        { field: 'fin-rsv-opcode', start: offset, end: offset + 1 },
        { field: 'mask-length', start: offset + 1, end: offset + 2 },
        { field: 'payload', start: offset + 2, end: offset + 3 },
      ],
    });
    const reads = [frame(0), frame(3)];
    expect(bytesReadBy(reads, 'mask-length', 2)).toBe(1);
    expect(bytesReadBy(reads, 'mask-length', 1)).toBe(4);
    expect(bytesReadBy(reads, 'mask-length', 4)).toBe(1);
    expect(bytesReadBy(reads, 'masking-key', 4)).toBeNull();
    expect(bytesReadBy([], 'payload', 0)).toBeNull();
  });

  test('of the parser stands for one field', () => {
    const parser = fileOf(PARSER_FILE);
    for (const field of FIELD_NAMES) {
      expect(fieldOfLine(parser, parserLine(parser, field))).toBe(field);
    }
    expect(fieldOfLine(parser, 1)).toBeNull();
  });
});

describe('a descriptor leads', () => {
  const to = (position: number, fd: number) => nextOf(events, position, (e) => isAbout(e, fd));

  test('to the next step that is about it, a broadcast to it and an accept on it too', () => {
    const { next } = to(0, 3);
    expect(next).toBe(1);
    const accept = events.findIndex(({ step }) => step === 'accept') + 1;
    const listen = events.findIndex(({ step }) => step === 'listen') + 1;
    const passed = [];
    for (let at: number | null = listen; at !== null; at = to(at, 3).next) passed.push(at);
    expect(passed).toContain(accept);
    const broadcast = events.findIndex((e) => e.step === 'broadcast' && e.to.includes(4)) + 1;
    expect(to(broadcast - 1, 4).next).toBe(broadcast);
  });

  test('nowhere behind its last step; the first is told', () => {
    expect(to(events.length, 4)).toEqual({ next: null, first: to(0, 4).next });
    expect(to(0, 99)).toEqual({ next: null, first: null });
  });
});
