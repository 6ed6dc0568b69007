import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import type { Size } from '../../src/terminal/keys.js';
import { phpSourceOf, sourceOf } from '../../src/terminal/sources.js';
import { transcript } from '../../src/terminal/step.js';
import { stepperSpeaker } from '../../src/terminal/stepper-say.js';
import { type Context, screenOf } from '../../src/terminal/stepper-screen.js';
import { stepper } from '../../src/texts/stepper.en.js';
import type { CallStep, StepName, TraceEvent } from '../../src/trace/event.js';
import { Stepper } from '../../src/trace/stepper.js';
import { unservedAt } from '../../src/trace/unserved.js';

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
  { columns: 60, rows: 15 },
  { columns: 200, rows: 60 },
  { columns: 20, rows: 5 },
  { columns: 1, rows: 1 },
];

async function eventsOf(name: string): Promise<TraceEvent[]> {
  const scenario = SCENARIOS.get(name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return (await simulate(scenario)).events;
}

function contextOf(step: StepName | undefined, more: Partial<Context> = {}): Context {
  return {
    title: 'a walk',
    length: 100,
    source: step === undefined ? null : sourceOf(step, 'rfc6455'),
    php: step === undefined ? null : phpSourceOf(step),
    unserved: [],
    tellsQueues: false,
    state: '',
    problem: '',
    footer: stepper.keys,
    ...more,
  };
}

/** The screen at the last of these events, without colour. */
function screenAt(
  events: readonly TraceEvent[],
  more: Partial<Context> = {},
  size = { columns: 80, rows: 24 },
): string[] {
  const stepper = new Stepper(events);
  stepper.end();
  const { view } = stepper;
  const context = contextOf(view.event?.step, {
    unserved: unservedAt(events, view.position),
    ...more,
  });
  return screenOf(view, size, context).map((line) => stripVTControlCharacters(line).trimEnd());
}

const STAMP = { v: 1, seq: 0, turn: 1, t: 0 } as const;
const LISTENER: TraceEvent[] = [
  {
    ...STAMP,
    turn: 0,
    step: 'socket',
    fd: 3,
    domain: 'AF_INET',
    type: 'SOCK_STREAM',
    protocol: '',
  },
  { ...STAMP, turn: 0, step: 'bind', fd: 3, host: '127.0.0.1', port: 8080 },
];

function select(read: number[], readyRead: number[]): TraceEvent {
  return { ...STAMP, step: 'select', read, write: [], readyRead, readyWrite: [], scanned: 1 };
}

function accept(fd: number): TraceEvent {
  return { ...STAMP, step: 'accept', listener: 3, fd, host: '127.0.0.1', port: 50_000 + fd };
}

function login(fd: number, name: string): TraceEvent {
  const message = JSON.stringify({ type: 'login', content: name });
  return { ...STAMP, step: 'deal', fd, message, reply: message };
}

describe('the screen of the stepper', () => {
  test.each(SIZES)('fits $columns columns and $rows rows at every step', async (size) => {
    const events = await eventsOf('three-clients');
    const stepper = new Stepper(events);
    do {
      const { view } = stepper;
      for (const problem of ['', 'trace line 9: not JSON']) {
        const lines = screenOf(view, size, contextOf(view.event?.step, { problem }));
        expect(lines).toHaveLength(size.rows);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
      }
    } while (stepper.next());
  });

  test('bears words that are a third longer in 80 columns: nothing of the frame is cut', async () => {
    const events = (await eventsOf('two-clients')).filter(({ step }) => step !== 'arrive');
    const language = 'xx-test';
    const state = stepperSpeaker(language)('walk.stands');
    const text = screenAt(events, { language, state, title: 'live, rfc6455' });
    expect(text[0]).toContain('[[stands still here]~~~~~~~]');
    expect(text.join('\n')).toContain('[(? unknown)~~~~]');
    const heads = text.filter((line) => line.startsWith('──') || line === text[0]);
    expect(heads.filter((line) => line.includes('…'))).toEqual([]);
  });

  test('shows both sources, the sets, the sockets and the bytes at 80x24', async () => {
    const events = await eventsOf('two-clients');
    const recv = events.findIndex(({ step }) => step === 'recv');
    const text = screenAt(events.slice(0, recv + 1)).join('\n');
    expect(text).toContain('TypeScript src/chat/server.ts');
    expect(text).toContain('this.#net.recv(fd, RECV_LENGTH)');
    expect(text).toContain('PHP examples/php/server.php');
    expect(text).toContain('@socket_recv(');
    expect(text).toMatch(/ read {5}3 4 +4/);
    expect(text).toMatch(/^>r 4 {4}connected/m);
    expect(text).toContain('47 45 54 20 2f 20 48 54  54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1··');
  });

  describe('at a call of a student’s', () => {
    const CALL: CallStep = {
      step: 'call',
      lesson: 13,
      name: 'broadcast',
      args: ['net', 'Map [[4,{"uname":"Ada"}]]', '4', `"${'x'.repeat(150)}"`],
      returned: 'yields {"step":"broadcast"}',
    };
    const OWN = {
      file: 'loopscope-lessons/13/exercise.ts',
      line: 31,
      text: ['export function* broadcast(', '  net: Net,'],
    };
    const at = (call: Partial<CallStep>, more: Partial<Context> = {}, size?: Size): string => {
      const events = [...LISTENER, accept(4), { ...STAMP, ...CALL, ...call }];
      return screenAt(events, { source: OWN, ...more }, size).join('\n');
    };

    test('its lines stand beside the sets, what it was given, and what it gave', () => {
      const text = at({ fault: 'wrong', given: '[5,4]', expected: '[4,5]' });
      expect(text).toContain('── yours loopscope-lessons/13/exercise.ts:31');
      expect(text).toContain('   31  export function* broadcast(');
      expect(text).toContain('── broadcast was given 4 arguments');
      expect(text).toMatch(/^ 2 {2}Map \[\[4,\{"uname":"Ada"\}\]\]$/m);
      expect(text).toContain(' and 2 more');
      expect(text).toMatch(/^ looked at +\[5,4\]$/m);
      expect(text).toMatch(/^ expected +\[4,5\]$/m);
      expect(text).not.toContain('PHP');
      expect(text).toMatch(/^── select/m);
    });

    test('one that was right has nothing to compare', () => {
      const text = at({ expected: 'the same' });
      expect(text).toMatch(/^ returned +yields/m);
      expect(text).not.toMatch(/^ expected/m);
    });

    test('is said in Chinese, and fits', () => {
      const text = at({ fault: 'wrong', expected: '[4,5]' }, { language: 'zh' });
      expect(text).toContain('broadcast 收到 4 个参数');
      expect(text).toMatch(/^ 应该是 +\[4,5\]$/m);
    });

    test.each(SIZES)('fits $columns columns and $rows rows, whatever its values are', (size) => {
      const hostile = '\x1b[2J\u202e你好'.repeat(40);
      for (const args of [[], [hostile], Array<string>(30).fill(hostile)]) {
        for (const language of ['en', 'zh'] as const) {
          const call = {
            args,
            returned: hostile,
            expected: hostile,
            given: hostile,
            name: hostile,
          };
          const events: TraceEvent[] = [
            ...LISTENER,
            { ...STAMP, ...CALL, ...call, fault: 'wrong' },
          ];
          const stepper = new Stepper(events);
          stepper.end();
          const lines = screenOf(stepper.view, size, contextOf('call', { source: null, language }));
          expect(lines).toHaveLength(size.rows);
          for (const line of lines) {
            expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
            expect(stripVTControlCharacters(line)).not.toMatch(/[\p{Cc}\u202e]/u);
          }
        }
      }
    });
  });

  test('keeps each part where it is from step to step', async () => {
    const events = await eventsOf('two-clients');
    const rows = events.map((_, i) =>
      screenAt(events.slice(0, i + 1)).findIndex((line) => line.startsWith('── select')),
    );
    expect(new Set(rows).size).toBe(1);
  });

  test('a queue that nobody knows of is a question mark, and the reason is said', () => {
    const lines = screenAt([...LISTENER, select([3], [3]), accept(4)]);
    expect(lines.join('\n')).toContain('(? unknown: in the kernel)');
    expect(lines.find((line) => line.includes('4    connected'))).toMatch(/ \? +0 B/);
  });

  test('a queue that was sampled says so', () => {
    const sampled = { ...select([3, 4], []), sampled: [[4, 38]] } as TraceEvent;
    const lines = screenAt([...LISTENER, select([3], [3]), accept(4), sampled]);
    expect(lines.join('\n')).toContain('(~ sampled, ? unknown)');
    expect(lines.find((line) => line.includes('4    connected'))).toMatch(/ ~38 B +0 B/);
    expect(lines.find((line) => line.includes('3    listening'))).toMatch(/ \? +0 B/);
  });

  test('who was reported and not yet served is marked R, who was served r', () => {
    const events: TraceEvent[] = [
      ...LISTENER,
      ...[select([3], [3]), accept(4), accept(5)],
      select([3, 4, 5], [4, 5]),
      { ...STAMP, step: 'recv', fd: 4, bytes: new Uint8Array([0x81]) },
    ];
    const lines = screenAt(events);
    expect(lines.some((line) => line.startsWith('>r 4 '))).toBe(true);
    expect(lines.some((line) => line.startsWith(' R 5 '))).toBe(true);
  });

  test('who blocks the loop is marked B', () => {
    const block = { ...STAMP, step: 'block', fd: 4, syscall: 'send', reason: 'x' } as const;
    const lines = screenAt([...LISTENER, accept(4), block]);
    expect(lines.some((line) => line.startsWith('>B 4 '))).toBe(true);
  });

  test('wide characters take two columns: what stands behind a name stays in its column', () => {
    const names = ['Ada', '小明小明小明小明小明', '😀'];
    const joined = names.flatMap((name, i) => [accept(4 + i), login(4 + i, name)]);
    const lines = screenAt([...LISTENER, ...joined]).filter((line) => /^.{3}[456] /.test(line));
    const columns = lines.map((line) => stringWidth(line.slice(0, line.indexOf('127.0.0.1'))));
    expect(lines).toHaveLength(3);
    expect(new Set(columns).size).toBe(1);
  });

  test('what a peer sent cannot move the cursor', () => {
    const evil = '\u001b[2J\u009b1m\r\n';
    const lines = screenAt([...LISTENER, accept(4), login(4, evil)], {
      problem: evil,
      footer: evil,
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });

  test('more sockets than rows: the one of the step is among those shown, the others are counted', () => {
    const events = [...LISTENER, ...Array.from({ length: 40 }, (_, i) => accept(4 + i))];
    const lines = screenAt([...events, login(30, 'Ada')]);
    expect(lines.some((line) => line.startsWith('>  30 '))).toBe(true);
    expect(lines.join('\n')).toMatch(/and \d+ more, of 41 sockets/);
  });

  describe('of a stranger that was told with its lines', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `line_${i + 1}();`);
    const at = (line: number) => ({ place: { file: '/srv/chat.c', line }, lines });
    const stranger = { isStranger: true, source: null, php: null };
    const screen = (own: Context['own'], size = { columns: 80, rows: 24 }) =>
      screenAt([...LISTENER, accept(4)], { ...stranger, own: own ?? null }, size);

    test('shows the line of the step among those around it, and no PHP', () => {
      const shown = screen(at(30));
      const heading = shown.findIndex((line) => line.startsWith('── /srv/chat.c:30 '));
      expect(heading).toBeGreaterThan(0);
      expect(shown.filter((line) => line.startsWith('>  30  line_30();'))).toHaveLength(1);
      expect(shown[heading + 1]).toMatch(/^ {2,}\d\d {2}line_/);
      expect(shown.join('\n')).not.toContain('PHP');
    });

    test('marks the first line and the last of a file, too', () => {
      for (const line of [1, 60]) {
        expect(screen(at(line)).join('\n')).toContain(`line_${line}();`);
      }
    });

    test('keeps its place where a step has no line, and where the file is not here', () => {
      expect(screen(null).join('\n')).toContain('no line of the program is known for this step');
      const unread = { place: { file: '/srv/\u001b[2Jchat.c', line: 3 }, lines: null };
      expect(screen(unread).join('\n')).toContain('the file cannot be read here');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(screen(unread).join('')).not.toMatch(/[\u0000-\u001f]/);
    });

    test.each(SIZES)('fits $columns columns and $rows rows', (size) => {
      const shown = screen(at(30), size);
      expect(shown).toHaveLength(size.rows);
      for (const line of shown) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
    });
  });

  test('the problem of a trace has a line of its own', () => {
    const lines = screenAt(LISTENER, { problem: 'trace line 3: not JSON' });
    expect(lines[1]).toBe(' ! trace line 3: not JSON');
  });

  test('an empty trace says so', () => {
    expect(screenAt([])[1]).toBe(' There is no step.');
  });
});

describe('the transcript', () => {
  test('numbers the steps, one a line, a blank line before each turn', async () => {
    const lines = transcript(await eventsOf('two-clients')).split('\n');
    expect(lines[0]).toBe(
      ' 1            socket     fd 3 is a TCP socket (AF_INET, SOCK_STREAM, SOL_TCP)',
    );
    const turn = lines.findIndex((line) => line.includes('turn 1 '));
    expect(lines[turn - 1]).toBe('');
  });
});
