import type { TraceEvent } from 'loopscope';
import { type Check, type Checker, deepEqual, openStage, type Values } from 'loopscope/lesson';

/** The chat of the demo. */
async function playDemo(): Promise<readonly TraceEvent[]> {
  const stage = await openStage({ network: 'sim' });
  const ada = await stage.joins('Ada');
  const ming = await stage.joins('小明');
  await ada.says('你好, 小明 👋');
  await ming.says('Hello, Ada!');
  await ming.leaves();
  await ada.leaves();
  return stage.end();
}

/** Another chat: more people, and one of them leaves early. */
async function playAnother(): Promise<readonly TraceEvent[]> {
  const stage = await openStage({ network: 'sim' });
  const grace = await stage.joins('Grace');
  const ming = await stage.joins('小明');
  await ming.says('Will Ada come?'); // her name, and not yet her login
  const ada = await stage.joins('Ada');
  await grace.says('Who is here?');
  await ming.leaves();
  await ada.says('I am');
  await grace.says('So am I');
  await ada.leaves();
  await grace.leaves();
  return stage.end();
}

// the answers, worked out from a trace

function loginIn(events: readonly TraceEvent[], name: string): number {
  const start = `{"type":"login","content":${JSON.stringify(name)}`;
  return events.find((event) => event.step === 'deal' && event.reply.startsWith(start))?.turn ?? 0;
}

function toldIn(events: readonly TraceEvent[], text: string): number[] {
  const content = `"content":${JSON.stringify(text)}`;
  let seen = false;
  for (const event of events) {
    if (event.step === 'deal') seen = event.message.includes(content);
    else if (event.step === 'broadcast' && seen) return event.to;
  }
  return [];
}

/** Where a text got its answer, by seq. */
function dealOf(events: readonly TraceEvent[], text: string): number {
  return events.find((event) => event.step === 'deal' && event.message.includes(text))?.seq ?? 0;
}

function turnsWith(events: readonly TraceEvent[], fd: number, list: 'read' | 'readyRead'): number {
  return events.filter((event) => event.step === 'select' && event[list].includes(fd)).length;
}

/** The turn of the first deal that names someone: as a rule the login, but not always. */
function firstNamedIn(events: readonly TraceEvent[], name: string): number {
  const deal = events.find(
    (event) => event.step === 'deal' && `${event.message}${event.reply}`.includes(name),
  );
  return deal?.turn ?? 0;
}

/** Compares; an answer that belongs to the demo's trace was read from the screen. */
function expect(
  t: Checker,
  given: unknown,
  expected: unknown,
  why: string,
  values: Values,
  demo?: unknown,
): void {
  const isLiteral = demo !== undefined && deepEqual(given, demo);
  t.equal(given, expected, isLiteral ? 'wrong.literal' : why, values);
}

export default (async ({ turnOfLogin, hearers, turnsOf }, t) => {
  const demo = await playDemo();
  const another = await playAnother();
  const play = (trace: string, names: string[], texts: string[], fds: number[]): void => {
    const events = trace === 'demo' ? demo : another;
    const inDemo = <T>(answer: T): T | undefined => (trace === 'demo' ? undefined : answer);
    for (const name of names) {
      t.step(`step.login-${trace}`, { name });
      t.trace = events;
      const given = turnOfLogin(events, name);
      t.at = events.find(({ turn }) => turn === given)?.seq ?? 0; // the turn that was given
      const why = given === firstNamedIn(events, name) ? 'wrong.only-named' : 'wrong.login';
      expect(t, given, loginIn(events, name), why, { name }, inDemo(loginIn(demo, name)));
    }
    for (const text of texts) {
      t.step(`step.hearers-${trace}`, { text });
      t.trace = events;
      t.at = dealOf(events, text);
      const given = hearers(events, text);
      expect(t, given, toldIn(events, text), 'wrong.hearers', {}, inDemo([4, 5]));
    }
    for (const fd of fds) {
      t.step(`step.turns-${trace}`, { fd });
      t.trace = events;
      t.at = 0;
      const given = turnsOf(events, fd);
      const isWatched = given === turnsWith(events, fd, 'read');
      const why = isWatched ? 'wrong.watched' : 'wrong.turns';
      expect(t, given, turnsWith(events, fd, 'readyRead'), why, {});
    }
  };
  play('demo', ['Ada', '小明'], ['你好, 小明 👋', 'Hello, Ada!'], [3, 4, 5]);
  play('another', ['Grace', 'Ada', '小明'], ['Who is here?', 'I am', 'So am I'], [3, 4, 5, 6]);
}) satisfies Check<typeof import('./exercise.js')>;
