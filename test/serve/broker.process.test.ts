import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { BIN } from '../support/command.js';
import { until } from '../support/patience.js';
import { freePort } from '../support/ports.js';
import { hasRedis, Redis } from '../support/redis.js';
import { ServedRoom } from '../support/serve.js';

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function startRedis(...args: string[]): Promise<Redis> {
  const redis = await Redis.start(...args);
  ends.push(() => redis.end());
  return redis;
}

async function serve(url: string, ...args: string[]): Promise<ServedRoom> {
  const room = await ServedRoom.open('--no-page', '--broker', url, ...args);
  ends.push(() => room.kill());
  return room;
}

interface Said {
  type: string;
  from?: string;
  content: string;
  user_list?: string[];
}

/** Someone in a room. */
class Person {
  readonly heard: Said[] = [];
  readonly #socket: WebSocket;
  #isGone = false;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.heard.push(JSON.parse(String(data))));
    socket.on('close', () => {
      this.#isGone = true;
    });
    socket.on('error', () => {});
  }

  static async join(room: ServedRoom, name: string): Promise<Person> {
    const socket = new WebSocket(room.url);
    const person = new Person(socket);
    ends.push(() => socket.terminate());
    await person.hears(({ type }) => type === 'handshake');
    person.#send('login', name);
    await person.hears(({ type, content }) => type === 'login' && content === name);
    return person;
  }

  say(text: string): void {
    this.#send('user', text);
  }

  /** Waits until it has heard something, now or before. */
  hears(fits: (said: Said) => boolean): Promise<Said> {
    return until(
      () => this.heard.find(fits),
      () => `heard only ${JSON.stringify(this.heard)}`,
    );
  }

  hearsText(content: string): Promise<Said> {
    return this.hears((said) => said.type === 'user' && said.content === content);
  }

  hearsSystem(part: string): Promise<Said> {
    return this.hears((said) => said.type === 'system' && said.content.includes(part));
  }

  /** Waits until the list as it was last told is this. */
  sees(...names: string[]): Promise<true> {
    const last = (): string[] => this.heard.findLast((said) => said.user_list)?.user_list ?? [];
    return until(
      () => [...last()].sort().join() === [...names].sort().join() || undefined,
      () => `sees only ${last()}`,
    );
  }

  texts(): string[] {
    return this.heard.flatMap(({ type, from, content }) =>
      type === 'user' ? [`${from}: ${content}`] : [],
    );
  }

  gone(): Promise<true> {
    return until(
      () => this.#isGone || undefined,
      () => 'it is still connected',
    );
  }

  #send(type: string, content: string): void {
    this.#socket.send(JSON.stringify({ type, content }));
  }
}

describe.runIf(hasRedis)('two loops and a real Redis', () => {
  test('are one room; each of the three is killed with -9 and comes back', async () => {
    const redis = await startRedis();
    const [a, b] = [await serve(redis.url), await serve(redis.url)];
    const ada = await Person.join(a, 'Ada');
    const ming = await Person.join(b, '小明');
    await ada.sees('Ada', '小明');
    await ming.sees('Ada', '小明');
    ada.say('hello');
    await ming.hearsText('hello');
    ming.say('你好');
    await ada.hearsText('你好');

    await redis.kill();
    await ada.hearsSystem('the broker is away');
    await ming.hearsSystem('the broker is away');
    ada.say('alone');
    await ada.hearsText('alone');
    await ada.sees('Ada');
    await redis.start();
    await ada.hearsSystem('the broker is back');
    await ming.hearsSystem('the broker is back');
    await ada.sees('Ada', '小明');
    await ming.sees('Ada', '小明');
    ada.say('again');
    await ming.hearsText('again');

    await b.kill();
    await ming.gone();
    await ada.hears(({ type, content }) => type === 'logout' && content === '小明');
    await ada.sees('Ada');
    const c = await serve(redis.url);
    const ling = await Person.join(c, '小玲');
    await ling.sees('Ada', '小玲');
    await ada.sees('Ada', '小玲');

    await a.kill();
    await ling.hears(({ type, content }) => type === 'logout' && content === 'Ada');
    await ling.sees('小玲');
    expect(ada.texts()).toEqual(['Ada: hello', '小明: 你好', 'Ada: alone', 'Ada: again']);
    expect(ming.texts()).toEqual(['Ada: hello', '小明: 你好', 'Ada: again']);
    expect(ada.heard.filter(({ type }) => type === 'system')).toHaveLength(2);
  });

  test('a loop that is stopped takes its people and its key along', async () => {
    const redis = await startRedis();
    const [a, b] = [await serve(redis.url), await serve(redis.url)];
    const ada = await Person.join(a, 'Ada');
    await Person.join(b, '小明');
    await ada.sees('Ada', '小明');
    expect(await b.stop()).toBe(0);
    await ada.sees('Ada');
    expect(await redis.ask('KEYS', 'loopscope:room:loop:*')).toHaveLength(1);
    expect(await a.stop()).toBe(0);
    expect(await redis.ask('KEYS', '*')).toHaveLength(0);
  });

  test('a broker that stands still counts as away, and is back when it answers', async () => {
    const redis = await startRedis();
    const a = await serve(redis.url);
    const ada = await Person.join(a, 'Ada');
    redis.signal('SIGSTOP');
    await ada.hearsSystem('the broker is away');
    redis.signal('SIGCONT');
    await ada.hearsSystem('the broker is back');
  });

  test('what others publish there is relayed to nobody', async () => {
    const redis = await startRedis();
    const a = await serve(redis.url);
    const ada = await Person.join(a, 'Ada');
    const other = (message: unknown): string =>
      JSON.stringify({ v: 1, loop: 'feedfeedfeedfeed', n: 1, message });
    const hostile = [
      'not json',
      '{"v":1}',
      '[['.repeat(1_000),
      other({ type: 'system', content: 'the room says' }),
      other({ type: 'user', from: 'a\u202eb', content: 'x' }),
      other({ type: 'login', content: '' }),
      'x'.repeat(5 << 20),
    ];
    for (const text of hostile) await redis.ask('PUBLISH', 'loopscope:room', text);
    await redis.ask('SET', 'loopscope:room:loop:feedfeedfeedfeed', '{"v":1,"n":1,"names":[7]}');
    await redis.ask('SADD', 'loopscope:room:loops', 'feedfeedfeedfeed', 'no loop');
    await redis.ask(
      'PUBLISH',
      'loopscope:room',
      other({ type: 'user', from: 'Eve', content: 'good' }),
    );
    await ada.hearsText('good');
    await ada.sees('Ada');
    expect(ada.texts()).toEqual(['Eve: good']);
    await until(
      () =>
        (a.out.match(/broker +fd \d+: passed over/g) ?? []).length >= hostile.length || undefined,
      () => a.out,
    );
    expect(a.out).toContain('passed over: no JSON');
    expect(a.out).toContain('passed over: longer than any loop writes');
  });
});

describe.runIf(hasRedis)('passwords and TLS', () => {
  function fails(
    url: string,
    env: NodeJS.ProcessEnv = {},
  ): { status: number | null; stderr: string; stdout: string } {
    const args = ['serve', '--port', '0', '--no-page', '--broker', url];
    return spawnSync(process.execPath, [BIN, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
  }

  test('the right one is taken, and stands nowhere', async () => {
    const redis = await startRedis('--requirepass', 'pass:word/1');
    const a = await serve(`redis://:pass%3Aword%2F1@127.0.0.1:${redis.port}`);
    const ada = await Person.join(a, 'Ada');
    ada.say('hello');
    await ada.hearsText('hello');
    await until(
      () => a.out.includes('passed over: our own') || undefined,
      () => a.out,
    );
    expect(a.out + a.err).not.toMatch(/pass:word|pass%3A/);
  });

  test.each(['', ':wrong@', 'eve:wrong@'])('with "%s" it is one line, and exit 1', async (who) => {
    const redis = await startRedis('--requirepass', 'right');
    const { status, stderr, stdout } = fails(`redis://${who}127.0.0.1:${redis.port}`);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^loopscope: cannot join redis:\/\/127\.0\.0\.1:\d+: the broker (asks for a password|refuses: WRONGPASS).*\n$/,
    );
    expect(stderr).not.toContain('wrong@');
    expect(status).toBe(1);
  });

  test('over TLS all is the same; a certificate that nobody answers for is refused', async () => {
    const redis = await Redis.startTls();
    ends.push(() => redis.end());
    const url = `rediss://localhost:${redis.port}`;
    const refused = fails(url);
    expect(refused.stderr).toMatch(/\(self-signed certificate.*\)\n$/);
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(refused.status).toBe(1);

    process.env.NODE_EXTRA_CA_CERTS = join(redis.folder, 'localhost.pem');
    ends.push(() => {
      delete process.env.NODE_EXTRA_CA_CERTS;
    });
    const [a, b] = [await serve(url), await serve(url)];
    const ada = await Person.join(a, 'Ada');
    const ming = await Person.join(b, '小明');
    ada.say('x'.repeat(500_000));
    await ming.hearsText('x'.repeat(500_000));
    await redis.kill();
    await ada.hearsSystem('the broker is away');
    expect(await a.stop()).toBe(0);
  });
});

describe('where there is no broker', () => {
  test('nobody listens: one line, exit 1, and no room', async () => {
    const port = await freePort();
    const args = ['serve', '--port', '0', '--broker', `redis://me:secret@127.0.0.1:${port}`];
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(stderr).toBe(
      `loopscope: cannot join redis://127.0.0.1:${port}: connect ECONNREFUSED: 127.0.0.1:${port} has no listener: start the server or check the port\n`,
    );
    expect(status).toBe(1);
  });

  test.each([
    'http://127.0.0.1:6379',
    'redis://',
    'redis://me@127.0.0.1',
    'redis://:secret@127.0.0.1:6379/3',
    'redis://:secret@127.0.0.1:99999',
    'redis://:sec%ret@127.0.0.1',
    ':secret',
  ])('%s is no address: one line without it, exit 2', (url) => {
    const args = ['serve', '--port', '0', '--broker', url];
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^loopscope: --broker: .*\n$/);
    expect(stderr).not.toMatch(/secret|sec%/);
    expect(status).toBe(2);
  });
});
