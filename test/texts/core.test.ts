import { describe, expect, test } from 'vitest';
import { inspectionHtml } from '../../src/inspect/html.js';
import { inspect } from '../../src/inspect/inspect.js';
import { inspectionText } from '../../src/inspect/text.js';
import { checkPort } from '../../src/net/failure.js';
import { describeDifference } from '../../src/scenario/compare.js';
import { describeCut } from '../../src/scenario/cuts.js';
import { readFrame } from '../../src/scenario/reading.js';
import { describeScenario } from '../../src/scenario/shipped/script.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { comparison } from '../../src/texts/comparison.en.js';
import { describeError, failing } from '../../src/texts/errors.js';
import { problems } from '../../src/texts/problems.en.js';
import { recognise } from '../../src/texts/recognise.js';
import { answers, refusals } from '../../src/texts/refusals.en.js';
import { room } from '../../src/texts/room.en.js';
import { fill } from '../../src/texts/say.js';
import { describeEnglish } from '../../src/trace/english.js';
import { lamportSvg } from '../../src/trace/lamport-svg.js';
import { lamportText } from '../../src/trace/lamport-text.js';
import { closeProblem } from '../../src/websocket/closing.js';
import { describeProblem } from '../../src/websocket/problem.js';
import { hex } from '../support/bytes.js';
import { jsonPieces } from '../support/inspection-json.js';
import { valuesIn } from '../support/text-tables.js';

const language = 'xx-test';

describe('a problem, said in a language', () => {
  test('is made of its code and its values; its message stays English', () => {
    const problem = closeProblem(hex('03ed'));
    expect(problem).toMatchObject({ code: 'bad-close-code', values: { closeCode: 1005 } });
    expect(problem?.message).toBe(
      'close code 1005 (no status received) may not stand in a Close frame',
    );
    expect(problem && describeProblem(problem)).toBe(problem?.message);
    expect(problem && describeProblem(problem, language)).toMatch(
      /^\[close code 1005 \(\[no status received~+\]\) may not stand in a Close frame~+\]$/,
    );
  });
});

describe('an error, said in a language', () => {
  test('keeps the call and the code; its message stays English', () => {
    let error: unknown;
    try {
      checkPort('bind', { host: 'a', port: 70_000 });
    } catch (thrown) {
      error = thrown;
    }
    const english = 'bind EINVAL: port 70000 does not exist: give 0 to 65535';
    expect((error as Error).message).toBe(english);
    expect(describeError(error)).toBe(english);
    expect(describeError(error, language)).toMatch(/^bind EINVAL: \[port 70000 .*~+\]$/);
    expect(describeError(new Error('of someone else'), language)).toBe('of someone else');
    expect(describeError(7, language)).toBe('7');
  });

  test('says what a scenario file should have, too', () => {
    const values = { path: 'steps', expected: 'one of a, b', received: 'a list' };
    const error = failing(Error, 'scenario.field', values);
    expect(error.message).toBe('steps: expected one of a, b, got a list');
    expect(describeError(error, 'zh')).toBe('steps：应该是其中一个：a, b，写的是列表');
  });
});

describe('what a trace holds in English', () => {
  test.each([
    [
      '1002: length 40 written in 16 bits (RFC 6455 5.2)',
      /^1002: \[length 40 .*~\] \(RFC 6455 5\.2\)$/,
    ],
    ['more than 9 frames in a second', /^\[more than 9 frames in a second~+\]$/],
    ['the server is full: 960 clients', /^\[the server is full: 960 clients~+\]$/],
    ['of someone else', /^of someone else$/],
  ])('%s', (english, said) => {
    expect(describeEnglish(english)).toBe(english);
    expect(describeEnglish(english, language)).toMatch(said);
  });

  test.each(
    Object.entries<Record<string, string>>({ problems, refusals, answers, room, comparison }),
  )('is read back, each text of %s with its values', (_, table) => {
    for (const [key, text] of Object.entries(table)) {
      if (text.includes(', plural,') || /^(\{\w+\}\W*)+$/.test(text)) continue;
      const names = valuesIn(text)
        .split(' ')
        .filter((name) => name !== '');
      const values = Object.fromEntries(names.map((name, i) => [name, `<${i}>`]));
      expect(recognise(table, fill(text, values))).toEqual({ key, values });
    }
  });
});

/** Texts of HTML outside its tags. */
function textsOf(html: string): string[] {
  const body = html.replace(/<(style|script)>.*?<\/\1>/gs, '').replace(/<code>.*?<\/code>/g, '');
  return body.split(/<[^>]*>/).map((text) => text.trim());
}

describe('a viewer in a language', () => {
  const bytes = hex('f1 03 616263 82fe0001 00000000 61 88 02 03ed 81 05 48');
  const inspection = inspect(bytes, { role: 'client', language });

  test('leaves no sentence of an inspection in English', () => {
    const text = inspectionText(bytes, inspection, { language });
    const paragraphs = text.split(/\n(?=\S)/);
    expect(paragraphs.filter((one) => !/^(! )?\[/.test(one))).toEqual([]);
    const html = [...inspectionHtml([{ name: '', bytes, inspection }], { language })].join('');
    const plain = textsOf(html).filter((one) => /\p{L}{2,} \p{L}{2,}/u.test(one));
    // a name of RFC 6455 5.2, and the beginning of a text with markup in it
    const known = plain.filter((one) => one !== 'payload length' && !one.startsWith('['));
    expect(known.filter((one) => !one.includes('~'))).toEqual([]);
    expect(html).toContain('<html lang="en">'); // what it is made of
  });

  test('keeps the keys and the codes of JSON', () => {
    const keysOf = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (key, one) =>
          /^(meaning|message|name|reads)$/.test(key) ? '' : one,
        ),
      );
    const said = JSON.parse([...jsonPieces(bytes, { role: 'client', language })].join(''));
    const english = JSON.parse([...jsonPieces(bytes, { role: 'client' })].join(''));
    expect(said.frames[0].spans[0].meaning).toContain('~');
    expect(keysOf(said)).toEqual(keysOf(english));
  });

  test('draws diagrams in it', () => {
    const at = { v: 1, seq: 0, turn: 0, t: 0 } as const;
    const events = [
      { ...at, step: 'accept', listener: 3, fd: 4, host: '::1', port: 1 },
      { ...at, step: 'disconnect', fd: 4, cause: 'fin' },
    ] as const;
    expect(lamportText(events, { language })).toMatch(/\[turn~~\] +\[server~~\] +\[fd 4~~\]/);
    expect(lamportText(events, { language })).toContain('[gone: [fin~]~');
    expect(lamportSvg(events, language)).toContain('[What went between the server and');
    expect(lamportText(events)).toMatch(/^turn +server +fd 4/);
  });

  test('says where two servers differ, and leaves what stood on the wire as it was', () => {
    const places = { client: 'Ada', leftOffset: 0, rightOffset: 0, json: null, form: null };
    const difference = {
      ...places,
      field: 'end of the connection',
      left: '0a0b',
      right: 'FIN',
      leftReads: 'HTTP/1.1 101 Switching Protocols',
      rightReads: 'no good frame: 1007: the text is not UTF-8 (RFC 6455 8.1)',
      defect: null,
    };
    const said = describeDifference(difference, language);
    expect(said).toMatchObject({ field: '[end of the connection~~~~~~~]', left: '0a0b' });
    expect(said.leftReads).toBe(difference.leftReads);
    expect(said.rightReads).toMatch(/^\[no good frame: 1007: .* \(RFC 6455 8\.1\)~+\]$/);
    expect(describeDifference(difference)).toMatchObject({ rightReads: difference.rightReads });
    expect(readFrame(Uint8Array.of(0x88, 0), language)).toMatch(/^\[close, without a code~+\]$/);
  });

  test('says what a cut changed, and leaves what stood on the wire as it was', () => {
    const cut = {
      client: 'B',
      offset: 118,
      within: 'text, byte 1 of 40',
      difference: 'B gets RST in place of FIN',
    };
    expect(describeCut(cut, 'zh')).toEqual({
      within: 'text，第 1 字节（共 40 字节）',
      difference: 'B 收到 RST，没有切开时是 FIN',
    });
    expect(describeCut(cut)).toMatchObject({ within: cut.within, difference: cut.difference });
  });

  test('says what a scenario that ships shows, and leaves others as they are', () => {
    const shipped = SCENARIOS.get('unmasked');
    expect(shipped && describeScenario(shipped, language)).toMatch(/^\[.*~\]$/);
    expect(describeScenario({ name: 'unmasked', description: 'mine' }, language)).toBe('mine');
  });
});
