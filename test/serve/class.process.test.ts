import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { CLASS_FILES, foldClass } from '../../src/class/folder.js';
import { countsOf } from '../../src/class/state.js';
import { classFolder, endClass, Student, TeachersDesk } from '../support/class.js';
import { runIn } from '../support/command.js';
import { ask, EventReader } from '../support/events.js';
import { ServedRoom } from '../support/serve.js';

const rooms: ServedRoom[] = [];

afterEach(async () => {
  endClass();
  for (const room of rooms.splice(0)) await room.kill();
});

async function serve(folder: string, ...args: string[]): Promise<ServedRoom> {
  const room = await ServedRoom.openClass(folder, ...args);
  rooms.push(room);
  return room;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

describe('loopscope class serve', () => {
  test('says where it writes, where one joins, and where the desk is', async () => {
    const folder = classFolder();
    const room = await serve(folder, '--port', '0');
    expect(room.out).toContain(`kept in ${folder}`);
    expect(room.desk).toMatch(/#view=desk&token=[\w-]{22}$/);
    const about = JSON.parse((await ask(portOf(room.page), '/server.json')).body);
    expect(about).toEqual({
      port: portOf(room.url),
      profile: 'rfc6455',
      live: true,
      class: { join: [] },
    });
    const { status, headers } = await ask(portOf(room.page), '/class');
    expect([status, headers.location]).toEqual([302, '/#view=class']);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'token')).mode & 0o77).toBe(0);
  });

  test('thirty vote, it is killed in the middle, and comes back as it was', async () => {
    const folder = classFolder();
    const first = await serve(folder, '--port', '0');
    const desk = await TeachersDesk.open(first);
    expect((await desk.ask({ do: 'open', lesson: 7 })).status).toBe(204);
    const students = await Promise.all(Array.from({ length: 30 }, () => Student.join(first.url)));
    const letterOf = (i: number): string => 'abc'[i % 3] ?? 'a';
    const half = students.slice(0, 15);
    await Promise.all(half.map((student, i) => student.vote(letterOf(i))));
    for (const [i, student] of students.slice(15).entries()) {
      student.say({
        type: 'vote',
        person: student.person,
        lesson: 7,
        round: 1,
        letter: letterOf(i),
      });
    }
    await first.kill();

    const kept = foldClass(readFileSync(join(folder, 'class.ndjson'))).state.vote;
    expect(kept?.rounds[0]?.size).toBeGreaterThanOrEqual(15); // whoever was told so is in it

    const second = await serve(folder);
    expect([second.url, second.page, second.desk]).toEqual([first.url, first.page, first.desk]);
    const again = await TeachersDesk.open(second);
    const { vote } = await again.until(() => true);
    expect(vote).toMatchObject({ state: 'open', lesson: 7, answered: kept?.rounds[0]?.size });
    const back = await Promise.all(students.map(({ person }) => Student.join(second.url, person)));
    const taken = await Promise.all(back.map((student, i) => student.vote(letterOf(i))));
    expect(taken.every((one) => 'taken' in one && one.taken)).toBe(true);
    await again.ask({ do: 'show' });
    const shown = await again.until((one) => one.vote?.state === 'shown');
    expect(shown.vote?.counts).toEqual([{ a: 10, b: 10, c: 10 }]);
    expect(shown.here).toBe(30);
    desk.close();
    again.close();
  });

  test('all hear of a vote, late ones are told so, and asked again it has both counts', async () => {
    const room = await serve(classFolder(), '--port', '0');
    const desk = await TeachersDesk.open(room);
    const ada = await Student.join(room.url);
    ada.hello('Ada');
    await ada.until((all) => all.find((one) => one.type === 'class'));
    await desk.ask({ do: 'open', lesson: 7 });
    await ada.until((all) => all.find((one) => one.type === 'class' && one.vote?.state === 'open'));
    expect(await ada.vote('a')).toMatchObject({ taken: true });
    expect(await ada.vote('b')).toMatchObject({ taken: true });
    await ada.until((all) => all.find((one) => one.type === 'answered' && one.answered === 1));
    await desk.ask({ do: 'show' });
    const shown = await ada.until((all) =>
      all.find((one) => one.type === 'class' && one.vote?.state === 'shown'),
    );
    expect(shown).toMatchObject({ vote: { counts: [{ a: 0, b: 1, c: 0 }], answer: null } });
    expect(await ada.vote('c')).toMatchObject({ taken: false, why: 'shown' });

    const late = await Student.join(room.url);
    late.hello();
    const seen = await late.until((all) => all.find((one) => one.type === 'class'));
    expect(seen).toMatchObject({ vote: { state: 'shown', answered: 1 } });

    await desk.ask({ do: 'again' });
    await ada.vote('c', 7, 2);
    await desk.ask({ do: 'show' });
    const both = await desk.until((one) => one.vote?.state === 'shown' && one.vote.round === 2);
    expect(both.vote?.counts).toEqual([
      { a: 0, b: 1, c: 0 },
      { a: 0, b: 0, c: 1 },
    ]);
    expect(both.vote?.meanings).not.toBeNull();
    expect(both.people).toMatchObject([{ name: 'Ada', isHere: true }, { name: '' }]);
    await desk.ask({ do: 'close' });
    const closed = await late.until((all) =>
      all.find((one) => one.type === 'class' && one.vote?.state === 'closed'),
    );
    expect(closed).toMatchObject({ vote: { answer: { letter: 'c' } } });
    desk.close();
  });

  test('two desks share the votes; a wrong token opens none', async () => {
    const room = await serve(classFolder(), '--port', '0');
    const [one, other] = [await TeachersDesk.open(room), await TeachersDesk.open(room)];
    await one.ask({ do: 'open', lesson: 7 });
    await other.until((desk) => desk.vote?.lesson === 7);
    await other.ask({ do: 'show' });
    const late = await one.ask({ do: 'show' });
    expect([late.status, late.body]).toEqual([409, '{"why":"not-open"}']);
    expect((await one.ask({ do: 'open', lesson: 77 })).body).toBe('{"why":"no-lesson"}');
    expect((await one.ask('{"do":"drop"}')).status).toBe(400);
    expect((await one.ask({ do: 'close' }, 'x'.repeat(22))).status).toBe(403);
    expect((await ask(portOf(room.page), '/class/events?token=')).status).toBe(403);
    await one.until((desk) => desk.vote?.state === 'shown');
    one.close();
    other.close();
  });

  test('a second server in the same folder, or on its port, is refused in a line', async () => {
    const folder = classFolder();
    const room = await serve(folder, '--port', '0');
    const second = runIn('.', 'class', 'serve', folder);
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/^loopscope: the folder \S+ is in use by process \d+: .*\n$/);
    const port = String(portOf(room.url));
    const elsewhere = runIn(
      '.',
      'class',
      'serve',
      classFolder(),
      '--host',
      '127.0.0.1',
      '--port',
      port,
    );
    expect(elsewhere.status).toBe(1);
    expect(elsewhere.stderr).toMatch(/^loopscope: .*EADDRINUSE.*\n$/);
    const page = String(portOf(room.page));
    const taken = runIn('.', 'class', 'serve', classFolder(), '--port', '0', '--page-port', page);
    expect(taken.stderr).toMatch(
      /^loopscope: the page's port .* choose another with --page-port N\n$/,
    );
    expect(runIn('.', 'class', 'serve', '')).toMatchObject({ status: 2, stdout: '' });
  });

  test.skipIf(process.platform !== 'linux')(
    'a folder that cannot be made is said in a line',
    () => {
      const inTheWay = classFolder();
      writeFileSync(inTheWay, '');
      for (const folder of [
        '/proc/nothing',
        '/proc/nothing/below',
        inTheWay,
        `${inTheWay}/below`,
      ]) {
        const ran = runIn('.', 'class', 'serve', folder);
        expect(ran).toMatchObject({ status: 1, stdout: '' });
        expect(ran.stderr).toMatch(/^loopscope: cannot keep a class in \S+: E\w+: .*\n$/);
      }
    },
  );

  test('a lock of a process that is gone is taken over, and given back at the end', async () => {
    const folder = classFolder();
    const first = await serve(folder, '--port', '0');
    await first.kill();
    expect(existsSync(join(folder, 'lock'))).toBe(true);
    const second = await serve(folder);
    expect(await second.stop()).toBe(0);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  test('a record that was cut off, and a line that is none, are passed over and said', async () => {
    const folder = classFolder();
    const first = await serve(folder, '--port', '0');
    const desk = await TeachersDesk.open(first);
    await desk.ask({ do: 'open', lesson: 7 });
    desk.close();
    await first.kill();
    const file = join(folder, 'class.ndjson');
    writeFileSync(file, `${readFileSync(file, 'utf8')}what is this\n{"is":"clo`);
    const second = await serve(folder);
    expect(second.err).toContain('cut off');
    expect(second.err).toContain('1 line of the records');
    const again = await TeachersDesk.open(second);
    expect((await again.until(() => true)).vote).toMatchObject({ state: 'open' });
    await again.ask({ do: 'show' });
    await second.stop();
    const state = foldClass(readFileSync(file));
    expect([state.isCut, state.passedOver, state.state.vote?.state]).toEqual([false, [2], 'shown']);
    again.close();
  });
});

describe('a hostile student', () => {
  test('is told what is wrong, and the class goes on', async () => {
    const folder = classFolder();
    const room = await serve(folder, '--port', '0');
    const desk = await TeachersDesk.open(room);
    await desk.ask({ do: 'open', lesson: 7 });
    const [hostile, ada] = [await Student.join(room.url), await Student.join(room.url)];
    const { person } = hostile;
    const vote = { type: 'vote', person, lesson: 7, round: 1, letter: 'a' };
    const bad = [
      { ...vote, name: '\u001b[2J' },
      { ...vote, name: 'x'.repeat(900) },
      { ...vote, letter: 'z' },
      { ...vote, lesson: 8 },
      { ...vote, person: 'x' },
      { type: 'progress', person, lesson: 55, what: 'opened' },
      { type: 'progress', person, lesson: 7, what: 'checked', failure: '=cmd()' },
      { ...vote, name: '=HYPERLINK("x")' },
      { ...vote, person: ada.person },
    ];
    for (const message of bad) hostile.say(message);
    const answers = await hostile.until((all) => {
      const taken = all.filter((one) => 'taken' in one);
      return taken.length === bad.length ? taken : undefined;
    });
    expect(answers.map(({ why }) => why)).toEqual([
      'name',
      'name',
      'letter',
      'closed',
      'person',
      'lesson',
      'progress',
      null,
      'another',
    ]);
    for (let i = 0; i < 200; i++) hostile.say({ ...vote, letter: 'abc'[i % 3] });
    await hostile.until((all) => all.find((one) => 'taken' in one && one.why === 'often'));
    expect(await ada.vote('b')).toMatchObject({ taken: true });
    hostile.say('{"type":"vote"');
    await desk.ask({ do: 'show' });
    const { vote: shown } = await desk.until((one) => one.vote?.state === 'shown');
    expect(shown?.answered).toBe(2);
    desk.close();
  });

  test('learns nothing before it is told: no counts, no answer, no key, no token', async () => {
    const folder = classFolder();
    const room = await serve(folder, '--port', '0');
    const desk = await TeachersDesk.open(room);
    const steps = await EventReader.openAt(portOf(room.page), '/events');
    await desk.ask({ do: 'open', lesson: 7 });
    const [hostile, ada, bob] = await Promise.all([1, 2, 3].map(() => Student.join(room.url)));
    if (!hostile || !ada || !bob) throw new Error('nobody came');
    hostile.hello('Mallory');
    ada.hello('Ada');
    await ada.vote('a');
    await bob.vote('c');
    await hostile.vote('b');
    await hostile.until((all) => all.find((one) => one.type === 'answered' && one.answered === 3));
    const asked = ['/server.json', '/class', '/class/', '/class/events', '/class/desk'];
    const files = [...Object.values(CLASS_FILES), '../token', '%2e%2e/token'];
    const answers = await Promise.all(
      [...asked, ...files.map((name) => `/${name}`)].map((path) => ask(portOf(room.page), path)),
    );
    for (const body of ['{"do":"show"}', '{"do":"next"}']) {
      for (const path of ['/class/control', '/control']) {
        const { status } = await ask(portOf(room.page), path, { method: 'POST' }, body);
        expect(status).toBe(403);
      }
    }
    const inHex = (text: string): string => Buffer.from(text).toString('hex');
    await steps.until(({ text }) => text.includes(inHex('"answered":3')));
    const seen = [...hostile.heard, ...answers.map(({ body }) => body), steps.text].join('\n');
    const token = readFileSync(join(folder, 'token'), 'utf8').trim();
    for (const secret of [ada.person, bob.person, token, '"counts":[{', '"because"', 'Ada']) {
      expect(seen).not.toContain(secret);
      expect(seen).not.toContain(inHex(secret));
    }
    expect(hostile.answers.findLast((one) => one.type === 'class')).toMatchObject({
      vote: { counts: [], answer: null, meanings: null },
    });
    steps.close();
    desk.close();
  });

  test('of a secret vote, the trace says no more than that it was one', async () => {
    const folder = classFolder();
    const file = join(folder, '..', 'trace.ndjson');
    const room = await serve(folder, '--port', '0', '--trace', file);
    const desk = await TeachersDesk.open(room);
    await desk.ask({ do: 'open', lesson: 7 });
    const ada = await Student.join(room.url);
    ada.say({ type: 'login', content: 'Ada' });
    await ada.vote('c');
    await desk.until((one) => one.vote?.answered === 1);
    desk.close();
    await room.stop();
    const text = readFileSync(file, 'utf8');
    const deals = text.split('\n').filter((line) => line.includes('"step":"deal"'));
    expect(deals.map((line) => JSON.parse(line).message)).toEqual([
      '{"type":"login","content":"Ada"}',
      '{"type":"vote"}',
      '', // she leaves
    ]);
    const { vote } = foldClass(readFileSync(join(folder, 'class.ndjson'))).state;
    expect(vote && countsOf({ ...vote, state: 'shown' })).toEqual([{ a: 0, b: 0, c: 1 }]);
    expect(text).not.toContain(ada.person);
  });
});

test('an ordinary serve knows nothing of a class: its answers are those of before', async () => {
  const room = await ServedRoom.open('--trace', 'off');
  rooms.push(room);
  const about = await ask(portOf(room.page), '/server.json');
  expect(about.body).toBe(`{"port":${portOf(room.url)},"profile":"rfc6455","live":false}`);
  const ada = await Student.join(room.url);
  for (const path of ['/class', '/class/events', '/class/control']) {
    expect((await ask(portOf(room.page), path)).status).toBe(404);
  }
  ada.say({ type: 'vote', person: ada.person, lesson: 7, round: 1, letter: 'a' });
  await expect.poll(() => ada.heard.at(-1)).toContain('"type":"system"');
});

describe('loopscope class report of a class', () => {
  test('takes what came, and holds names as text in a spreadsheet', async () => {
    const folder = classFolder();
    const room = await serve(folder, '--port', '0');
    const [ada, formula] = [await Student.join(room.url), await Student.join(room.url)];
    ada.hello('Ada');
    formula.hello('=1+1');
    const done = {
      prediction: { given: 'c', right: true },
      begun: true,
      checks: 3,
      passed: false,
      failures: { 'wrong.whole': 3 },
      hints: [],
    };
    for (const { say, person } of [ada, formula].map((one) => ({
      say: one.say.bind(one),
      person: one.person,
    }))) {
      say({ type: 'progress', person, lesson: 7, what: 'checked', failure: 'wrong.whole', done });
    }
    for (const one of [ada, formula]) {
      await one.until((all) => all.find(({ type }) => type === 'progress'));
    }
    const csv = runIn('.', 'class', 'report', folder, '--format', 'csv');
    expect(csv.stdout).toBe(
      '\ufeffstudent,begun,passed,predicted,right,checks,hints,lesson 7\r\n' +
        "Ada,1,0,1,1,3,0,begun\r\n'=1+1,1,0,1,1,3,0,begun\r\n",
    );
    const text = runIn('.', 'class', 'report', folder);
    expect(text.stderr).toBe('');
    expect(text.stdout).toContain('2 students');
    expect(text.stdout).toContain('lesson 7: Ada, =1+1');
    const json = JSON.parse(runIn('.', 'class', 'report', folder, '--format', 'json').stdout);
    expect(json.rows[0]).toMatchObject({ checks: 3, lessons: { 7: 'begun' } });
  });
});

/** A port at which nobody listens. */
async function portOfNobody(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('loopscope class join', () => {
  test('joins by what stands on the wall; each check then tells the class', async () => {
    const [folder, home] = [classFolder(), classFolder()];
    mkdirSync(home);
    const room = await serve(folder, '--port', '0');
    const joined = runIn(home, 'class', 'join', new URL(room.page).host, '--name', 'Ada');
    expect(joined).toMatchObject({ status: 0, stderr: '' });
    runIn(home, 'lesson', '0');
    const desk = await TeachersDesk.open(room);
    const check = runIn(home, 'check', '0');
    expect(check).toMatchObject({ status: 1, stderr: '' });
    const { people } = await desk.until(({ people }) => people[0]?.last !== null);
    expect(people[0]).toMatchObject({ name: 'Ada', lesson: 0, last: { failure: 'trouble.todo' } });
    desk.close();
    const again = await TeachersDesk.open(room);
    for (const format of ['json', 'junit']) {
      const graded = runIn(home, 'check', '0', '--format', format);
      expect(graded).toMatchObject({ status: 1, stderr: '' });
    }
    await again.until(({ people }) => people[0]?.last?.checks === 3);
    again.close();
    await room.stop();
    const alone = runIn(home, 'check', '0');
    expect(alone.status).toBe(1);
    expect(alone.stdout).toBe(check.stdout);
    expect(alone.stderr).toMatch(/^loopscope: the class at \S+ was not reached: .*\n$/);
  });

  test('where there is no class, or no address, it says so and keeps nothing', async () => {
    const home = classFolder();
    mkdirSync(home);
    const room = await ServedRoom.open('--trace', 'off');
    rooms.push(room);
    const said = (address: string, ...args: string[]): string => {
      const { status, stdout, stderr } = runIn(home, 'class', 'join', address, ...args);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^loopscope: .*\n$/);
      return `${status} ${stderr}`;
    };
    for (const address of [room.url, new URL(room.page).host]) {
      expect(said(address)).toMatch(/^1 .* there is no class at \S+: the teacher opens one/);
    }
    const nobody = await portOfNobody();
    expect(said(`127.0.0.1:${nobody}`)).toMatch(
      /^1 .* nobody answers at \S+ \(ECONNREFUSED\): give/,
    );
    expect(said(`ws://127.0.0.1:${nobody}`)).toMatch(/^1 .* was not reached: connect ECONNREFUSED/);
    expect(said(new URL(room.url).host)).toMatch(/^1 .* is no page of Loopscope: give what stands/);
    for (const none of ['nonsense', '192.168.1.5', 'http://a b', 'ws://', '::1', '']) {
      expect(said(none)).toMatch(/^2 .* is no address: write HOST:PORT/);
    }
    expect(said(room.url, '--name', 'a\tb')).toMatch(/^2 /);
    expect(readdirSync(home)).toEqual([]);
  });
});
