import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { lamportSvg } from '../../src/trace/lamport-svg.js';
import { lamportText } from '../../src/trace/lamport-text.js';
import { STEP_NAMES } from '../../src/trace/ndjson.js';
import { encodeTextFrame } from '../../src/websocket/frame.js';
import { hex } from '../support/bytes.js';
import { anyEvent, STEPS } from '../support/steps.js';

const frame = (json: string): Uint8Array => encodeTextFrame(json);
const accept = (fd: number): Step => ({ ...STEPS.accept, fd });
const handshake = (fd: number): Step => ({ ...STEPS.handshake, fd });
const select = (...read: number[]): Step => ({ ...STEPS.select, read, write: [] });
const says = (fd: number, message: object, reply: object, to: number[]): Step[] => [
  { step: 'recv', fd, bytes: new Uint8Array(38) },
  { ...STEPS.parse, fd },
  { step: 'deal', fd, message: JSON.stringify(message), reply: JSON.stringify(reply) },
  { step: 'broadcast', to, bytes: frame(JSON.stringify(reply)) },
  ...to.map((fd): Step => ({ step: 'send', fd, length: 9, taken: 9 })),
];
const login = (fd: number, content: string, to: number[]): Step[] =>
  says(fd, { type: 'login', content }, { type: 'login', content, user_list: [content] }, to);

/** Makes events of steps; each select begins a turn. */
function trace(...steps: Step[]): TraceEvent[] {
  let turn = 0;
  return steps.map((step, seq) => {
    if (step.step === 'select') turn++;
    return { v: 1, seq, turn, t: seq, ...step };
  });
}

const CHAT = trace(
  STEPS.socket,
  STEPS.bind,
  STEPS.listen,
  select(3),
  accept(4),
  { step: 'recv', fd: 4, bytes: new Uint8Array(154) },
  handshake(4),
  { step: 'send', fd: 4, length: 129, taken: 129 },
  select(3, 4),
  ...login(4, 'Ada', [4]),
  select(3, 4),
  accept(5),
  ...login(5, '小明', [4, 5]),
  select(3, 4, 5),
  ...says(
    5,
    { type: 'user', content: 'hello' },
    { type: 'user', from: '小明', content: 'hello' },
    [4, 5],
  ),
  select(3, 4, 5),
  { step: 'recv', fd: 4, bytes: hex('81') },
  { ...STEPS.error, message: 'opcode 0x3 is reserved' },
  { ...STEPS.block, fd: 5 },
  { step: 'recv', fd: 5, bytes: hex('') },
  { step: 'disconnect', fd: 5, cause: 'fin' },
  { step: 'send', fd: 4, length: 9, taken: 4 },
  { step: 'broadcast', to: [], bytes: frame('{"type":"user","content":"x"}') },
  select(3, 4, 5),
  { step: 'send', fd: 5, length: 4, taken: 4 },
  select(3, 4),
  accept(5),
);

const HOSTILE = [
  '<script>alert(1)</script>',
  '&amp;"\'>]]>',
  '\u001b[2J\u0007\r\n\u0000',
  '\u202ebackwards\ufffe\uffff',
  '\ud800 half',
  '👩‍👩‍👧‍👦'.repeat(20),
];
const hostile = trace(
  ...HOSTILE.flatMap((name, i) => [select(3), accept(4 + i), ...login(4 + i, name, [4 + i])]),
);

describe('a Lamport diagram as text', () => {
  test('has a lane for each process and a row for each step', () => {
    expect(`\n${lamportText(CHAT, { width: 72 })}`).toMatchInlineSnapshot(`
      "
      turn  server     Ada     小明     fd 5
         0     ●                                listens on 127.0.0.1:8080
         1     │◀───────┐                       connect, fd 4
               │◀───────┤                       request 154 bytes
               ├───────▶│                       101, handshake done
         2     │◀───────┤                       login "Ada" 38 bytes
               ├───────▶│                       login "Ada" 54 bytes
         3     │◀───────┼────────┐              connect, fd 5
               │◀───────┼────────┤              login "小明" 38 bytes
               ├───────▶┼───────▶│              login "小明" 60 bytes
         4     │◀───────┼────────┤              "hello" 38 bytes
               ├───────▶┼───────▶│              小明: "hello" 51 bytes
         5     │◀───────┤        │              not whole yet 1 byte
               │        !        │              opcode 0x3 is reserved
               ■        │        │              send blocks, fd 5: its buffer…
               │◀───────┼────────┤              FIN
               │        │        ×              gone: fin
               ├───────▶│        ┊              5 of 9 bytes wait; se… 4 bytes
               │        │        ┊              to nobody: "x" 31 bytes
         6     ├────────┼───────▶┊              sent 4 bytes
         7     │◀───────┼─────────────────┐     connect, fd 5
      "
    `);
  });

  test.each([40, 80, 120])('is never wider than %d columns', (width) => {
    const many = trace(...Array.from({ length: 200 }, (_, i) => accept(i + 4)));
    for (const events of [CHAT, hostile, many, []]) {
      for (const line of lamportText(events, { width }).split('\n')) {
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  });

  test('whatever the trace and the width', () => {
    const events = fc.array(fc.oneof(...STEP_NAMES.map(anyEvent)), { maxLength: 30 });
    fc.assert(
      fc.property(events, fc.nat(130), (events, width) => {
        for (const line of lamportText(events, { width }).split('\n')) {
          expect(stringWidth(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  test('clients for whom there is no room share the last lane, and are named', () => {
    const many = trace(...Array.from({ length: 50 }, (_, i) => accept(i + 4)));
    const text = lamportText(many, { width: 80 });
    expect(text.split('\n')[0]).toMatch(/serv… .*fd 4 .*\+45$/);
    expect(text).toContain('fd 53: connect, fd 53');
  });

  test('a name cannot move the cursor', () => {
    expect(lamportText(hostile)).not.toMatch(/(?!\n|\u200d)[\p{Cc}\p{Cf}]/u);
  });
});

/** What is wrong with a text as XML, as far as this drawing uses it; null for nothing. */
function xmlProblem(text: string): string | null {
  // XML 1.0, 2.2: the characters that a document may have
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) return 'a character';
  const open: string[] = [];
  for (const [token, closes, name = '', attributes = '', empty] of text.matchAll(
    /<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^"<&]*")*) ?(\/?)>|[^<]+|</g,
  )) {
    if (token === '<') return 'a < alone';
    if (name === '') {
      if (/&(?!#\d+;)|>/.test(token)) return `in the text ${token}`;
      continue;
    }
    const keys = [...attributes.matchAll(/ ([a-zA-Z-]+)=/g)].map(([, key]) => key);
    if (new Set(keys).size < keys.length) return `an attribute twice in ${token}`;
    if (closes) {
      if (open.pop() !== name) return `${token} closes nothing`;
    } else if (!empty) open.push(name);
  }
  return open.length > 0 ? `${open} stay open` : null;
}

describe('a Lamport diagram as SVG', () => {
  test('is well-formed, whoever wrote the trace', () => {
    for (const events of [CHAT, hostile, []]) expect(xmlProblem(lamportSvg(events))).toBeNull();
    const events = fc.array(fc.oneof(...STEP_NAMES.map(anyEvent)), { maxLength: 30 });
    fc.assert(fc.property(events, (events) => xmlProblem(lamportSvg(events)) === null));
  });

  test('has a title and a description, and the role of an image', () => {
    const svg = lamportSvg(CHAT);
    expect(svg).toMatch(/^<svg xmlns="[^"]+" role="img" /);
    expect(svg).toContain('<title>What went between the server and Ada, 小明, fd 5</title>');
    expect(svg).toMatch(/<desc>[^<]*turn 4: R &#34;hello&#34; 38 bytes\n/);
  });

  test('asks nothing of the network and runs nothing', () => {
    for (const events of [CHAT, hostile]) {
      const svg = lamportSvg(events);
      expect(svg).not.toMatch(/<(script|style|image|use|foreignObject|a)\b| on[a-z]+=|href/);
      expect(svg.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
      expect(svg.match(/url\([^)]*\)/g)?.every((url) => url.startsWith('url(#'))).toBe(true);
    }
  });

  test('shows hostile names as they are', () => {
    const svg = lamportSvg(hostile);
    expect(svg).toContain('&#60;script&#62;alert(1)&#60;');
    expect(svg).toContain('\\u{1b}[2J\\u{7}');
    expect(svg).toContain('&#38;amp;&#34;&#39;&#62;');
  });

  test('every arrow has its head, and every colour its letter', () => {
    const svg = lamportSvg(CHAT);
    const heads = [...svg.matchAll(/marker-end="url\(#([^)]+)\)"/g)].map(([, id]) => id);
    expect(heads.length).toBeGreaterThan(10);
    for (const id of heads) expect(svg).toContain(`<marker id="${id}"`);
    for (const letter of ['C', 'H', 'R', 'B', 'S', 'F', 'L', '×', '!', '■']) {
      expect(svg).toContain(`fill="#ffffff">${letter}</text>`);
    }
  });
});
