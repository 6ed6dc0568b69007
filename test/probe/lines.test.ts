/** The report on a terminal: in 80 columns, whatever a server has written. */

import stringWidth from 'string-width';
import { beforeAll, describe, expect, test } from 'vitest';
import { OriginalServer } from '../../src/chat/original.js';
import { createRoom } from '../../src/chat/room.js';
import type { Manners } from '../../src/probe/manners.js';
import type { ProbeReport, Result } from '../../src/probe/probe.js';
import { GROUPS } from '../../src/probe/rule.js';
import { RULES } from '../../src/probe/rules.js';
import { ProbeLines } from '../../src/terminal/probe-lines.js';
import type { Language } from '../../src/texts/language.js';
import { probeProgram } from '../support/probing.js';

const MANNERS: Manners = {
  opens: true,
  pongs: true,
  closes: true,
  talks: true,
  echoesText: true,
  echoesBinary: true,
  deflates: true,
};

/** A result with nothing special about it. */
function result(more: Partial<Result> = {}): Result {
  return {
    id: 'ping-short',
    group: 'control',
    section: '5.5.2',
    level: 'must',
    rule: { code: 'ping-short', values: {} },
    outcome: 'pass',
    why: null,
    sent: { what: 'frames', length: 10, hex: '898437fa213d47934f5a' },
    came: [{ kind: 'frame', opcode: 0xa, fin: true, length: 4, begins: '70696e67' }],
    frames: 2,
    proof: true,
    ...more,
  };
}

/** All that is written of a report. */
function drawn(report: ProbeReport, columns: number, language?: Language): string[] {
  const lines = new ProbeLines(columns, language);
  return [
    ...lines.head(report.url, report.manners),
    ...report.results.flatMap((one) => lines.result(one)),
    ...lines.end(report),
  ];
}

describe('a line', () => {
  test('has the outcome, the section, the rule, what was sent and what came', () => {
    const [, title, line] = new ProbeLines(80).result(result());
    expect(title).toBe('Pings and pongs');
    expect(line).toBe('pass 5.5.2        a ping: a pong that repeats it       898437… 10 → pong 4');
  });

  test('has its reason below, once for several with the same', () => {
    const lines = new ProbeLines(80);
    const failed = result({ outcome: 'fail', why: { code: 'pong-missing', values: {} }, came: [] });
    expect(lines.result(failed).slice(2)).toEqual([
      'FAIL 5.5.2        a ping: a pong that repeats it       898437… 10 → goes on',
      '                  No pong came.',
    ]);
    expect(lines.result(failed)).toHaveLength(1);
    expect(lines.result(result())).toHaveLength(1);
    expect(lines.result(failed)).toHaveLength(2);
  });

  test('that was not asked is counted', () => {
    const lines = new ProbeLines(80);
    const unasked = result({ outcome: 'unseen', why: { code: 'declined', values: {} } });
    expect(lines.result(unasked).slice(2)).toEqual([]);
    lines.result(unasked);
    expect(lines.result(result({ group: 'close' }))[0]).toBe(
      '-    2 rules. Not asked: it does not agree on permessage-deflate.',
    );
  });
});

describe('a whole report', { timeout: 120_000 }, () => {
  const rules = RULES.filter(({ group }) => group !== 'limits');
  let reports: ProbeReport[] = [];
  beforeAll(async () => {
    reports = [
      await probeProgram((host) => createRoom(host), { rules }),
      await probeProgram((host) => new OriginalServer(host), { rules }),
    ];
  }, 120_000);

  test.each(['en', 'xx-test'] as const)('keeps to its columns, in %s', (language) => {
    for (const report of reports) {
      for (const columns of [80, 60]) {
        const long = drawn(report, columns, language).filter((line) => stringWidth(line) > columns);
        expect(long).toEqual([]);
      }
    }
  });

  test('ends with the sum, and with the rule after which nobody was there', () => {
    const counts = { pass: 1, noted: 0, fail: 1, unseen: 0 };
    const results = [result(), result({ id: 'ping-125', outcome: 'fail' })];
    const stopped = { how: 'gone', rule: 'ping-125' } as const;
    const report = {
      version: 1,
      url: 'ws://x/',
      manners: MANNERS,
      results,
      counts,
      stopped,
    } as const;
    expect(new ProbeLines(80).end({ ...report, results: [...results] })).toEqual([
      '',
      'The server was gone after: a ping: a pong that repeats it. What follows was not',
      'asked.',
      '2 rules: 1 kept, 1 broken (MUST), 0 noted (SHOULD), 0 not seen.',
    ]);
  });
});

describe('the rules', () => {
  test('have names of their own, in the order of their groups', () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const groups = RULES.map(({ group }) => GROUPS.indexOf(group));
    expect(groups).toEqual([...groups].sort((a, b) => a - b));
    expect(new Set(groups).size).toBe(GROUPS.length);
  });

  test('name a section of an RFC', () => {
    for (const { section } of RULES) expect(section).toMatch(/^(RFC \d{4} )?\d+(\.\d+)*$/);
  });
});
