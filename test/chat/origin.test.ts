import { afterEach, describe, expect, test } from 'vitest';
import {
  allowedHostProblem,
  allowedOriginProblem,
  isOwnHost,
  originProblem,
} from '../../src/chat/origin.js';
import { ascii, RawPeer, type Running, request, runRoom } from '../support/room.js';

function problem(
  origin: string | null,
  host: string,
  allowedOrigins: string[] = [],
  allowedHosts: string[] = [],
): string | null {
  const headers = new Map([['host', host]]);
  if (origin !== null) headers.set('origin', origin);
  return originProblem(headers, { allowedOrigins, allowedHosts });
}

describe('RFC 6455 10.2 an origin is let in', () => {
  test.each([
    ['that is not sent', null, '192.168.1.5:8080'],
    ['of the same host', 'http://192.168.1.5', '192.168.1.5'],
    ['of the same host at another port', 'http://192.168.1.5:3000', '192.168.1.5:8080'],
    ['of the same IPv6 address', 'http://[2001:DB8::1]:80', '[2001:db8:0::1]:8080'],
    ['localhost for 127.0.0.1', 'http://localhost:5173', '127.0.0.1:8080'],
    ['127.0.0.1 for localhost', 'http://127.0.0.1', 'localhost:8080'],
    ['[::1] for localhost', 'http://[::1]:5173', 'localhost:8080'],
    ['127.0.0.2 for [::1]', 'http://127.0.0.2', '[::1]:8080'],
  ])('%s', (_, origin, host) => {
    expect(problem(origin, host)).toBeNull();
  });

  test.each([
    ['https://other.example', ['https://other.example']],
    ['https://Other.example', ['https://other.EXAMPLE']],
    ['null', ['null']],
    ['chrome-extension://abc', ['chrome-extension://abc']],
    ['http://b:1', ['http://a', 'http://b:1']],
    ['https://anything.example', ['*']],
    ['null', ['*']],
  ])('%s, which is named: %o', (origin, allowed) => {
    expect(problem(origin, '127.0.0.1', allowed)).toBeNull();
  });
});

describe('RFC 6455 10.2 an origin is refused, with a line that says how to let it in', () => {
  test.each([
    ['https://evil.example', '127.0.0.1:8080', '--allow-origin https://evil.example'],
    ['http://localhost.evil.example', 'localhost', '--allow-origin http://localhost.evil'],
    ['http://127.0.0.1.evil.example', '127.0.0.1', '--allow-origin http://127.0.0.1.evil'],
    ['http://192.168.1.6', '192.168.1.5', '--allow-origin http://192.168.1.6'],
    ['http://localhost', '192.168.1.5', '--allow-origin http://localhost'],
    ['null', '127.0.0.1', '--allow-origin null'],
    ['file://', '127.0.0.1', 'holds no origin'],
    ['chrome-extension://abc', 'localhost', '--allow-origin chrome-extension://abc'],
  ])('%s at %s', (origin, host, says) => {
    expect(problem(origin, host)).toContain(says);
  });

  test.each([
    ['twice the field', 'http://127.0.0.1, http://evil.example'],
    ['a name and a password', 'http://127.0.0.1@evil.example'],
    ['our host as a name', 'http://127.0.0.1:80@evil.example'],
    ['a path', 'http://127.0.0.1/path'],
    ['what a shell would run', 'http://a;reboot'],
    ['what moves a cursor', 'http://a\u001b[2J'],
    ['nothing', ''],
  ])('%s, which is not repeated as a command', (_, origin) => {
    const said = problem(origin, '127.0.0.1');
    expect(said).toContain('--allow-origin');
    if (origin !== '') expect(said).not.toContain(origin);
  });

  test('another port than the one that is named', () => {
    expect(problem('http://a:2', '127.0.0.1', ['http://a:1'])).not.toBeNull();
  });
});

describe("the Host field, against a stranger's name that was made to mean this machine", () => {
  test.each([
    ['http://evil.example', 'evil.example'],
    ['http://evil.example:8080', 'evil.example:8080'],
    ['http://127.0.0.1.evil.example', '127.0.0.1.evil.example'],
    ['http://localhost.evil.example', 'localhost.evil.example:8080'],
    ['http://localhost', 'evil.example'],
    ['null', 'evil.example'],
  ])('a page of %s that calls the server %s is refused', (origin, host) => {
    const name = host.replace(/:\d+$/, '');
    const said = `this server answers to the name ${name} only with --allow-host ${name}`;
    expect(problem(origin, host)?.startsWith(said)).toBe(true);
    expect(problem(origin, host, ['null'])?.startsWith(said)).toBe(true);
  });

  test('where Host and Origin differ, the line names the proxy that may have written Host', () => {
    const hint = 'a proxy in between, if there is one, has to pass Host on';
    expect(problem('https://class.example', 'backend')).toContain(`--allow-host backend (${hint})`);
    expect(problem('https://class.example', '127.0.0.1')).toContain(`class.example (${hint})`);
    expect(problem('http://evil.example', 'evil.example')).not.toContain('proxy');
  });

  test('a page is let in by an allowed host, whatever its letters and the port', () => {
    expect(
      problem('https://Class.Example', 'class.example:8080', [], ['CLASS.example']),
    ).toBeNull();
    for (const evil of ['evil.example', 'evilclass.example', 'class.example.evil']) {
      expect(problem(`http://${evil}`, evil, [], ['class.example'])).not.toBeNull();
    }
  });

  test('a proxy may pass on the name of an allowed origin, or have any name where all are let in', () => {
    const origin = 'https://class.example';
    expect(problem(origin, 'class.example', [origin])).toBeNull();
    expect(problem(origin, 'backend', [origin])).toContain('--allow-host backend');
    expect(problem(origin, 'backend', [origin], ['backend'])).toBeNull();
    expect(problem(origin, 'backend', ['*'])).toBeNull();
  });

  test('a program, which sends no Origin, may call the server what it likes', () => {
    expect(problem(null, 'evil.example')).toBeNull();
  });

  test.each(['', 'a b', 'a/b', 'u@a', 'a:99999', 'a, b', '\u001b[2J'])(
    '%j names no host',
    (host) => {
      expect(isOwnHost(host, { allowedOrigins: [], allowedHosts: [] })).toBe(false);
      expect(problem('http://localhost', host)).toBe('the Host field names no host');
    },
  );

  test.each(['class.example', 'my-laptop.local', 'CLASS', '192.168.1.5', '[::1]'])(
    '%s may be an allowed host',
    (entry) => expect(allowedHostProblem(entry)).toBeNull(),
  );

  test.each(['', '*', 'class.example:80', 'http://class.example', 'a/b', 'a b', '\u001b[2J'])(
    '%j may not',
    (entry) => expect(allowedHostProblem(entry)).toContain('is no host'),
  );
});

describe('what may be named', () => {
  test.each(['*', 'null', 'https://class.example', 'http://localhost:5173', 'http://[::1]:80'])(
    '%s',
    (entry) => {
      expect(allowedOriginProblem(entry)).toBeNull();
    },
  );

  test.each(['', 'class.example', 'https://class.example/', 'https://a b', 'Null'])(
    'not %j',
    (entry) => {
      expect(allowedOriginProblem(entry)).toContain('is no origin');
    },
  );
});

describe('a room on real sockets', () => {
  const running: Running[] = [];
  afterEach(async () => {
    RawPeer.endAll();
    for (const room of running.splice(0)) await room.stop();
  });

  test.each([
    [[], 'https://evil.example', 403],
    [[], 'null', 403],
    [['null'], 'null', 101],
    [[], 'http://localhost:3000', 101],
  ])('that allows %j answers a page of %s with %i', async (allowedOrigins, origin, status) => {
    const room = await runRoom({ allowedOrigins });
    running.push(room);
    const peer = await RawPeer.connect(room.port);
    peer.send(request({ Origin: origin }));
    const answer = ascii(await peer.until((bytes) => ascii(bytes).includes('\r\n\r\n')));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (status !== 403) return;
    expect(ascii(await peer.ended())).toContain(`--allow-origin ${origin}`);
    const step = room.events.find((event) => event.step === 'handshake');
    expect(step).toMatchObject({ refused: { status: 403 } });
  });

  test('turns a page away whose name was made to mean this machine, unless it is an allowed host', async () => {
    for (const [allowedHosts, status] of [
      [[], 403],
      [['evil.example'], 101],
    ] as const) {
      const room = await runRoom({ allowedHosts });
      running.push(room);
      const peer = await RawPeer.connect(room.port);
      peer.send(request({ Host: 'evil.example', Origin: 'http://evil.example' }));
      const answer = ascii(await peer.until((bytes) => ascii(bytes).includes('\r\n\r\n')));
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      if (status === 403) expect(ascii(await peer.ended())).toContain('--allow-host evil.example');
    }
  });
});
