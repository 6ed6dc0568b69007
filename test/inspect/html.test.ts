import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromHex, joinBytes } from '../../src/bytes.js';
import { type InspectedSection, inspectionHtml } from '../../src/inspect/html.js';
import { inspect } from '../../src/inspect/inspect.js';
import { encodeFrame } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';
import { bodyOf, checkLinks, checkNesting, ids } from '../support/markup.js';

const HELLO = bytesOf('818537fa213d7f9f4d5158');

function bytesOf(hex: string): Uint8Array {
  const bytes = fromHex(hex);
  if (bytes === null) throw new Error(`bug: ${hex} is no hex`);
  return bytes;
}

function section(bytes: Uint8Array, name = ''): InspectedSection {
  return { name, bytes, inspection: inspect(bytes) };
}

function page(bytes: Uint8Array): string {
  return [...inspectionHtml([section(bytes)])].join('');
}

/** An unmasked text frame. */
function text(words: string): Uint8Array {
  return encodeFrame(0x1, utf8(words));
}

const REQUEST = [
  'GET /chat HTTP/1.1',
  'Host: server.example.com',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '\r\n',
].join('\r\n');

const INPUTS: [string, Uint8Array][] = [
  ['the masked Hello of RFC 6455 5.7', HELLO],
  ['a request with frames behind it', joinBytes([utf8(REQUEST), HELLO, HELLO])],
  ['a length that is not the shortest', bytesOf('817e000568656c6c6f')],
  ['a Close frame with a reason', bytesOf('880803e974736368c3bc')],
  ['a frame that is cut', HELLO.subarray(0, 8)],
  ['a header that is cut', HELLO.subarray(0, 4)],
  ['a payload of one byte', bytesOf('810141')],
  ['Chinese characters over two frames', bytesOf('0104e4bda0e58002a5bd')],
  ['a long payload', text('ä'.repeat(3_000))],
  ['a payload of zeros', encodeFrame(0x2, new Uint8Array(300))],
  ['a head of very many lines', utf8(`GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(500)}\r\n`)],
];

describe('the page of an inspection', () => {
  test.each(INPUTS)('is well formed, and its links lead somewhere: %s', (_, bytes) => {
    const html = page(bytes);
    checkNesting(html);
    checkLinks(html);
  });

  test.each(INPUTS)('is the same each time: %s', (_, bytes) => {
    expect(page(bytes)).toBe(page(bytes));
  });

  test('allows its own style and script by their hashes, and nothing else', () => {
    const html = page(HELLO);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    for (const [name, directive] of [
      ['style', 'style-src'],
      ['script', 'script-src'],
    ]) {
      const inline = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(html)?.[1] ?? '';
      expect(inline.length).toBeGreaterThan(1_000);
      const hash = createHash('sha256').update(inline).digest('base64');
      expect(policy).toContain(`${directive} 'sha256-${hash}'`);
    }
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
    expect(html.match(/<(style|script)\b/g)).toHaveLength(2);
  });

  test('loads nothing, and has no style and no handler in an attribute', () => {
    const html = page(bytesOf('817e000568656c6c6f'));
    expect(html).not.toMatch(/\s(src|srcset|style|on[a-z]+)=/);
    expect(html).not.toMatch(/<(link|img|iframe|object|embed|base|form)\b|@import|url\(/);
    for (const [, address] of html.matchAll(/(\S{0,12})https?:/g)) expect(address).toBe('href="');
  });

  test('has a language, a title, landmarks, headings, a label for each table and a live region', () => {
    const html = page(joinBytes([utf8(REQUEST), HELLO]));
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<title>WebSocket bytes, explained</title>');
    for (const tag of ['header', 'main', 'footer', 'aside', 'h1', 'h2', 'h3']) {
      expect(html).toMatch(new RegExp(`<${tag}[ >]`));
    }
    const at = REQUEST.length;
    expect(html).toContain(`<h3 id="f${at}-title">Frame at byte ${at}: text</h3>`);
    expect(html).toContain(`<caption>Bytes 0 to ${at - 1}</caption>`);
    expect(html).toContain(`aria-label="Fields of Frame at byte ${at}: text"`);
    expect(html).toContain('role="status" aria-live="polite"');
  });
});

describe('bytes and fields', () => {
  test('each byte is drawn once, as hex and as text, and leads to its innermost field', () => {
    const html = page(HELLO);
    const drawn = [...html.matchAll(/<a id="b(\d+)" class="(\w)[^"]*" href="#([^"]*)">(..)<\/a>/g)];
    expect(drawn.map(([, , letter, field, hex]) => `${hex} ${letter} ${field}`)).toEqual([
      '81 F s0',
      '85 L s1',
      '37 K s2',
      'fa K s2',
      '21 K s2',
      '3d K s2',
      '7f P s6-0-0',
      '9f P s6-0-1',
      '4d P s6-0-2',
      '51 P s6-0-3',
      '58 P s6-0-4',
    ]);
    expect(drawn.map(([, offset]) => Number(offset))).toEqual([...HELLO.keys()]);
    const signs = [...html.matchAll(/<i class="[^"]*">([^<]*)<\/i>/g)].map(([, sign]) => sign);
    expect(signs.join('')).toBe('··7·!=··MQX');
  });

  test('each field says its bytes, its meaning and its section, and leads to its first byte', () => {
    const html = page(HELLO);
    const [, field = ''] = /<li id="s2" ([\s\S]*?)<\/li>/.exec(html) ?? [];
    expect(field).toContain('data-bytes="2 6"');
    expect(field).toContain('href="#b2">masking-key</a>');
    expect(field).toContain('bytes 2 to 5');
    expect(field).toContain('The masking key is 37fa213d');
    expect(field).toContain('https://www.rfc-editor.org/rfc/rfc6455#section-5.3');
    expect(html).toMatch(
      /id="s6-0-0".*0x7f XOR 0x37 \(byte 0 of the key\) is 0x48, &quot;H&quot;\./,
    );
  });

  test('the bits of the first two bytes are boxes', () => {
    const html = page(HELLO);
    expect(html).toContain('<th scope="col" class="w1">FIN</th>');
    expect(html).toContain('<td>0001 <span class="number">= 1</span></td>');
    expect(html).toContain('<td>0000101 <span class="number">= 5</span></td>');
  });

  test.each(INPUTS.slice(0, 8))('the fields at the top are all bytes, in order: %s', (_, bytes) => {
    let at = 0;
    for (const [, start, end] of page(bytes).matchAll(
      /<li id="s\d+" class="\w" data-bytes="(\d+) (\d+)"/g,
    )) {
      expect(Number(start)).toBe(at);
      at = Number(end);
    }
    expect(at).toBe(bytes.length);
  });

  test('several streams have ids of their own', () => {
    const html = [...inspectionHtml([section(HELLO, 'one'), section(HELLO, 'two')])].join('');
    checkLinks(html);
    expect(ids(html)).toEqual(expect.arrayContaining(['d0-b6', 'd1-b6', 'd0-s6-0-1', 'd1-stream']));
    expect(html).toContain('<a href="#d1-stream">two</a>');
  });
});

describe('what is said beside the fields', () => {
  test('a problem stands at the top and at its frame, with its code, close code and section', () => {
    const html = page(bytesOf('817e000568656c6c6f'));
    expect(html).toContain('<h2 id="problems">1 problem</h2>');
    expect(html).toContain('<a href="#f0">Frame at byte 0: text</a>');
    const said = '<code>length-not-shortest</code>, close code 1002, ';
    expect(html.split(said)).toHaveLength(3);
  });

  test('bytes without a problem have no section for them', () => {
    expect(page(HELLO)).not.toContain('id="problems"');
    expect(page(HELLO)).toContain('11 bytes, 0 handshakes, 1 frame, no problem.');
  });

  test('what the original reads has the number and the title of the defect', () => {
    const html = page(bytesOf('88823f1c2a5d3cf5'));
    expect(html).toContain('<b>D01</b> Fewer than 9 bytes are a logout');
  });

  test('the rest says what is missing', () => {
    expect(page(HELLO.subarray(0, 8))).toContain('3 bytes more are needed');
  });

  test('notes stand at the top and at their stream', () => {
    const noted = { ...section(HELLO, 'one'), note: 'a <note>' };
    const html = [...inspectionHtml([noted], { notes: ['of all & <b>'], title: 'T <i>' })].join('');
    expect(html).toContain('<p class="note">a &lt;note&gt;</p>');
    expect(html).toContain('<p class="note">of all &amp; &lt;b&gt;</p>');
    expect(html).toContain('<title>T &lt;i&gt;</title>');
  });
});

describe('what a peer sent cannot become markup', () => {
  const HOSTILE = `</script><img src=x onerror="alert(1)">'&amp;<!--]]>\u202e\u2066\u0000\u001b[2J\u200b`;

  test.each([
    ['a payload', text(HOSTILE)],
    ['a JSON key', text(JSON.stringify({ [HOSTILE]: HOSTILE }))],
    ['a close reason', joinBytes([bytesOf('884203e8'), utf8(HOSTILE)])],
    ['a head', utf8(`GET /${HOSTILE} HTTP/1.1\r\n${HOSTILE}: ${HOSTILE}\r\n\r\n`)],
    ['a key', utf8(REQUEST.replace('dGhlIHNhbXBsZSBub25jZQ==', HOSTILE))],
    [
      'an accept value',
      utf8(`HTTP/1.1 101 ${HOSTILE}\r\nSec-WebSocket-Accept: ${HOSTILE}\r\n\r\n`),
    ],
  ])('in %s', (_, bytes) => {
    const html = [...inspectionHtml([section(bytes, HOSTILE)])].join('');
    checkNesting(html);
    checkLinks(html);
    expect(bodyOf(html)).not.toMatch(/<(img|script|!--)/);
    expect(html.match(/<\/?script>/g)).toEqual(['<script>', '</script>']);
    // Nothing hidden, and nothing that turns the direction of the text around it.
    expect(bodyOf(html).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(bodyOf(html)).toContain('\\u{202e}');
  });
});

describe('a long input', () => {
  test('a payload shows its first bytes and says what is left out', () => {
    const html = page(text('a'.repeat(1_000)));
    checkLinks(html);
    expect(html).toContain('… 744 bytes left out, 260 to 1003');
    expect(html).toContain('character: the first 256 of 1000');
    expect(html).toContain('744 more are left out.');
    expect(html).toContain('id="b259"');
    expect(html).not.toContain('id="b260"');
  });

  test('frames that are alike are drawn once, and how many they are is said', () => {
    const html = page(new Uint8Array(65_536));
    checkLinks(html);
    expect(html).toContain('Behind it come 32766 more like it, up to byte 65535.');
    expect(html).not.toContain('Not drawn');
  });

  test('of several streams leaves room for each', () => {
    const frames = joinBytes(
      Array.from({ length: 2_000 }, (_, i) => (i % 2 === 0 ? HELLO : text('Hi'))),
    );
    const sections = ['one', 'two', 'three'].map((name) => section(frames, name));
    const html = [...inspectionHtml(sections)].join('');
    expect(html.length).toBeLessThan(5_000_000);
    for (const prefix of ['d0-', 'd1-', 'd2-']) expect(html).toContain(`id="${prefix}b500"`);
    expect(html.match(/Not drawn/g)).toHaveLength(3);
  });

  test('problems of frames that are not drawn are counted, and the first are listed', () => {
    const html = page(joinBytes(Array.from({ length: 2_000 }, () => bytesOf('8300'))));
    checkLinks(html);
    expect(html).toContain('<h2 id="problems">2000 problems</h2>');
    expect(html).toContain('1936 more problems left out.');
  });
});
