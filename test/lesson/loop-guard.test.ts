import { describe, expect, test } from 'vitest';
import { countPasses, type Endless } from '../../src/lesson/loop-count.js';
import { javaScriptOf } from '../../src/lesson/student-code.js';

class Stopped extends Error {}

let told: Endless | null = null;
const anew = countPasses((endless) => {
  told = endless;
  throw new Stopped();
}, 10_000);

/** Runs a function's body, guarded. @returns the line of the loop without end, or what it returned */
function run(body: string): unknown {
  anew();
  told = null;
  const source = `of.result = (() => {${body}})();`;
  const code = javaScriptOf(source, { types: true, guard: 'a.ts' });
  expect(code.split('\n')).toHaveLength(source.split('\n').length);
  try {
    const of = { result: null };
    new Function('anew', 'of', code)(anew, of);
    return of.result;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return (told as Endless | null)?.line;
  }
}

/** The same, for code that has no end: its line. */
const lineOf = (body: string): unknown => run(`const f = () => {\n${body}\n};\nf();`);

describe('a loop without end is found by its passes', () => {
  test.each([
    ['for', 'for (;;);'],
    ['while', 'while (true);'],
    ['while with a block', 'while (true) {\n  Math.random();\n}'],
    ['do', 'do Math.random(); while (true)\n'],
    ['do with a block', 'do {\n  Math.random();\n} while (true);'],
    ['for of', 'const all = [1];\nfor (const a of all) all.push(a);'],
    ['behind an if without braces', 'if (f) for (;;); else while (false);'],
    ['with a label', 'a: b: for (;;) { for (;;) continue a; }'],
    ['one line of two', 'for (;;) for (let i = 0; i < 3; i++);'],
  ])('%s', (_, body) => {
    const line = body.startsWith('const') ? 3 : 2;
    expect(lineOf(body)).toBe(line);
  });

  test('it is the outer loop that has no end, not one in it that is long', () => {
    expect(lineOf('for (;;) {\n  for (let i = 0; i < 2000; i++);\n}')).toBe(2);
  });

  test('it is the inner loop where the outer one does not come round', () => {
    expect(lineOf('for (let i = 0; i < 2; i++) {\n  for (;;);\n}')).toBe(3);
  });

  test('it is the one that goes on, not the one before it', () => {
    expect(lineOf('for (let i = 0; i < 4000; i++);\nwhile (true);')).toBe(3);
  });
});

describe('a loop that ends', () => {
  test.each([
    ['gives what it gave', 'let n = 0; for (const i of [1, 2, 3]) n += i; return n;', 6],
    [
      'keeps its labels',
      'let n = 0; a: for (;;) { for (;;) { if (n++ > 2) break a; else continue a; } } return n;',
      4,
    ],
    [
      'stands in a switch',
      'let n = 0; switch (n) { case 0: for (; n < 3; n++); while (n < 5) n++; } return n;',
      5,
    ],
    ['stands beside another without a space', 'let n = 0;for(;n<3;)n++;for(;n<5;)n++;return n;', 5],
    [
      'has a body without braces in a body without braces',
      'let n = 0; for (const a of [1, 2]) for (const b of [3, 4]) n += a * b; return n;',
      21,
    ],
    [
      'keeps what closures see',
      'const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); return fs.map((f) => f()).join();',
      '0,1,2',
    ],
  ])('%s', (_, body, result) => {
    expect(run(body)).toBe(result);
  });

  test('may go round without end in many steps', () => {
    expect(run('for (let i = 0; i < 50000; i++) { if (i % 9000 === 0) anew(); } return 1;')).toBe(
      1,
    );
  });

  test('may be one of very many', () => {
    expect(
      run(
        'const f = () => { for (let i = 0; i < 100; i++); };\nreturn Array.from({ length: 500 }, f).length;',
      ),
    ).toBe(500);
  });

  test('of a generator goes on as long as someone asks', () => {
    const body =
      'function* g() { for (;;) yield 1; }\nconst a = g(); let n = 0;\nfor (let i = 0; i < 3000; i++) n += a.next().value; return n;';
    expect(run(body)).toBe(3000);
  });
});
