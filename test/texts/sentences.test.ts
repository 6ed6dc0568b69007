// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources stand here as texts
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Sources } from '../support/floors.js';
import { gluedTexts, strayTexts } from '../support/sentences.js';

/** Files whose words are no texts of ours, or are for no person. */
const EXCEPTED: Readonly<Record<string, string>> = {
  'page/lessons/editor-look.ts': 'a stylesheet',
  'probe/rules/control.ts': 'what is sent to a server that is asked',
  'probe/rules/deflate.ts': 'what is sent to a server that is asked',
  'probe/rules/ending.ts': 'what is sent to a server that is asked',
  'probe/rules/frames.ts': 'what is sent to a server that is asked',
  'probe/rules/messages.ts': 'what is sent to a server that is asked',
  'probe/rules/not-opening.ts': 'what is sent to a server that is asked',
  'probe/rules/opening.ts': 'what is sent to a server that is asked',
  'terminal/probe-lines.ts': 'the name of an opcode and its code',
  'net/php-socket.ts': 'the words of strerror(3), which PHP gives',
  'websocket/refusal.ts': 'the reason phrases of HTTP',
  'inspect/frame.ts': 'the name of a field in RFC 6455 5.2, a key of the JSON form',
  'inspect/inflate-message.ts': 'what zlib says of bytes that it cannot inflate',
  'inspect/html-script.ts': 'a program; its words come from the table',
  'inspect/html-style.ts': 'a stylesheet',
  'scenario/shipped.ts': 'what scripted clients say',
  'scenario/shipped/connections.ts': 'what scripted clients say',
  'scenario/shipped/frames.ts': 'what scripted clients say',
  'scenario/shipped/handshakes.ts': 'what scripted clients say',
  'scenario/shipped/messages.ts': 'what scripted clients say',
  'lesson/child-watch.ts': 'holds the code of a thread',
};

/** What looks like a sentence and is none. */
const NO_SENTENCES: Readonly<Record<string, string>> = {
  'inspect/layers.ts: PPPoE discovery': 'the name of a protocol',
  'inspect/layers.ts: IPsec ESP': 'the name of a protocol',
  'inspect/layers.ts: EtherType …': 'the name of a protocol',
  'inspect/layers.ts: PPP …': 'the name of a protocol',
  'inspect/layers.ts: IP in IP': 'the name of a protocol',
  'inspect/layers.ts: IP protocol …': 'the name of a protocol',
  'lesson/check-process.ts: FATAL ERROR:': 'what Node says at its end',
  'lesson/classic.ts: const …=…;': 'code that stands for an import',
  'page/course/runner.ts: (…)=>async(…)=>{"use strict";': 'code that stands before a student’s',
  'page/course/subtle.ts: Unrecognized name.': 'what a browser says',
  "page/course/modules.ts: Cannot find '…'": 'what an engine says',
  "page/course/modules.ts: The requested module '…' does not provide an export named '…'":
    'what an engine says',
  'lesson/loop-guard.ts: {const …=…();': 'code that is put into a loop',
  'lesson/student-hooks.ts: …:…:…: ERROR: …': 'a place, for who reads the error',
  'mine/head.ts: too long': 'what the function of lesson 8 returns',
  'mine/one-file.ts: const { … } = (() => { … return { … }; })();': 'code around an exercise',
  'mine/one-file.ts: type …': 'code of an import',
  "php/repair.ts: 'Resource id #' . spl_object_id(…)": 'PHP',
  'php/repair.ts: (… instanceof \\Socket)': 'PHP',
  'php/repair.ts: function create_function($arguments, $code) { return eval("return function ($arguments) { $code };"); }':
    'PHP',
  'serve/event-stream.ts: id: … data: …': 'fields of an event stream',
  'serve/event-stream.ts: event: … data: …': 'fields of an event stream',
  'serve/page-server.ts: Bearer …': 'a field of HTTP',
  'lesson/student-rows.ts: lesson …': 'the head of a column, for a program',
  'serve/answers.ts: text/plain; charset=utf-8': 'a field of HTTP',
  'serve/class-door.ts: Bearer …': 'a field of HTTP',
  'serve/class-door.ts: event: desk data: …': 'fields of an event stream',
  'serve/class-door.ts: event: end data: {}': 'fields of an event stream',
  "serve/page-server.ts: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self' ws:; worker-src blob:;":
    'a field of HTTP',
  'serve/programs.ts: /Applications/Google Chrome.app/Contents/MacOS/Google Chrome': 'a path',
};

/** The files of src that are looked at, by their paths there. */
function readSrc(): Sources {
  const src = new URL('../../src/', import.meta.url);
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'));
  return new Map(paths.sort().map((path) => [path, readFileSync(new URL(path, src), 'utf8')]));
}

describe('every sentence stands in a table', () => {
  const sources = readSrc();

  test('in src, but for what is named here', () => {
    const looked = [...sources].filter(([path]) => !(path in EXCEPTED));
    expect(looked.length).toBeGreaterThan(5);
    const stray = strayTexts(new Map(looked));
    expect(stray.filter((text) => !(text in NO_SENTENCES))).toEqual([]);
    expect(Object.keys(NO_SENTENCES).filter((text) => !stray.includes(text))).toEqual([]);
  });

  test('and what is named here is there', () => {
    expect(Object.keys(EXCEPTED).filter((path) => !sources.has(path))).toEqual([]);
  });
});

/** Folders whose words people read; below them all is said in codes. */
const VIEWERS = /^(cli|inspect|lesson|page|php|probe|serve|tap|terminal|trace)\//;

/** What is put together, and is no sentence. */
const NO_GLUE: Readonly<Record<string, string>> = {
  'inspect/handshake.ts: …: …': 'a field of HTTP',
  'inspect/har.ts: …: …': 'a field of HTTP',
  'inspect/handshake.ts: …, …': 'a field of HTTP',
  'inspect/html.ts: ;': 'a field of HTTP',
  'inspect/text.ts: ,': 'names of bits and their values',
  'lesson/progress.ts: …: …': 'a key of a file, and what a library says',
  'lesson/trouble.ts: …: …': 'the name of an error of the student’s, and its message',
  'terminal/inspect-output.ts: … {"name": …, …"inspection":': 'JSON',
  'terminal/reading.ts: … (…)': 'beside the brackets of Chinese',
  'trace/lamport-side.ts: …: …': 'a call and its code',
};

describe('every comma, colon and bracket between values stands in a table', () => {
  test('in the viewers, but for what is named here', () => {
    const viewers = [...readSrc()].filter(([path]) => VIEWERS.test(path) && !(path in EXCEPTED));
    const glued = gluedTexts(new Map(viewers));
    expect(glued.filter((text) => !(text in NO_GLUE))).toEqual([]);
    expect(Object.keys(NO_GLUE).filter((text) => !glued.includes(text))).toEqual([]);
  });

  test.each([
    ['const text = `${a}: ${b}`;', 1],
    ['const text = `${a} (${b})`;', 1],
    ["const text = names.join(', ');", 1],
    ["const text = names.join('; ');", 1],
    ["const text = say('list', { names });", 0],
    ["const text = fds.join(' ');", 0],
    ['const text = `${a}:${b}`;', 0],
  ])('%s: %i', (text, n) => {
    expect(gluedTexts(new Map([['page/view.tsx', text]]))).toHaveLength(n);
  });
});

/** What the check says of one made-up file. */
function found(text: string, path = 'page/view.tsx'): string[] {
  return strayTexts(new Map([[path, text]]));
}

describe('the check finds', () => {
  test.each([
    "throw new Error('the peer has gone');",
    'const text = `the peer ${name} has gone`;',
    'const text = `waits ${ms}`;',
    'const text = `${n} bytes`;',
    "const text = n === 1 ? 'one more' : '';",
    'const view = <p>Nobody waits.</p>;',
    'const view = <p title="Nobody waits">{name}</p>;',
    'const html = \'<p class="left">No bytes.</p>\';',
    "const texts = { key: 'a text of its own' };",
  ])('%s', (text) => {
    expect(found(text)).toHaveLength(1);
  });
});

describe('the check leaves alone', () => {
  test.each([
    "import { a } from './a b c.js';",
    '/** A docstring of several words. */ // and a comment',
    "throw new Error('bug: no such client');",
    'const pattern = /two words/;',
    'const view = <p class="two words">{name}</p>;',
    "document.querySelector('table caption');",
    "const word = 'word'; const key = 'a.key-of-some';",
    "type Place = 'end of it' | 'its start';",
    "switch (field) { case 'end of it': }",
    'const html = `<li class="${a} first"><b>${b}</b></li>`;',
    "const field = 'RFC 6455 5.2';",
    'const command = `npx loopscope check ${number} --hint 1`;',
    "const lines = ['Upgrade: websocket', `Sec-WebSocket-Key: ${key}`, `GET ${path} HTTP/1.1`];",
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('a table', () => {
    expect(found("export const a = { b: 'two words' };", 'texts/a.en.ts')).toEqual([]);
    expect(found("export const a = { b: '两个 词语 好 吗' };", 'page/loop/texts.zh.ts')).toEqual(
      [],
    );
  });
});
