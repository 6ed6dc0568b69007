import { expect, test } from 'vitest';
import { withoutSecrets } from '../../src/texts/secrets.js';

test.each([
  ['ws://me:secret@host:80/room', 'ws://...@host:80/room'],
  ['WSS://me:secret@[::1]:80', 'WSS://...@[::1]:80'],
  ['redis://:secret@host', 'redis://...@host'],
  ['http://secret@host', 'http://...@host'],
  ['ws://me:sec/ret?x#y@host', 'ws://...@host'],
  ['ws://me:sec ret@host', 'ws://...@host'],
  ['ws://me:se@cret@host', 'ws://...@host'],
  ["not a server: 'ws://me:it's secret@host'.", "not a server: 'ws://...@host'."],
  ['ws://me:80secret@host', 'ws://...@host'],
  ['ws://me:secret@', 'ws://...@'],
  ["not a server: 'me:secret@host:80'.", "not a server: '...@host:80'."],
  ['不是服务器：me:secret@host:80', '不是服务器：...@host:80'],
])('who a URL names before its host is not repeated: %s', (text, shown) => {
  expect(withoutSecrets(text)).toBe(shown);
});

test.each([
  'ws://host:8080/room, and mail to me@host',
  'port 80: taken by me@host',
  'http://[::1]:8080/#view=loop',
  'examples/@scope/file.ts:12:7 says no',
  'C:\\chat\\me@host.txt',
  'a broker is redis://HOST:PORT or rediss://HOST:PORT, with NAME:PASSWORD@ before the host',
  'cannot join redis://127.0.0.1:6379: the broker asks for a password: PASSWORD in redis://:PASSWORD@HOST',
])('what holds none stays as it is: %s', (text) => {
  expect(withoutSecrets(text)).toBe(text);
});

test('a long text takes no long time', () => {
  for (const part of ['a', '-', 'a-', '//', 'a:', '//a:']) {
    const text = part.repeat(50_000);
    expect(withoutSecrets(text)).toBe(text);
  }
});
