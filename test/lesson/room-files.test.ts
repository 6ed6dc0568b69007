import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readRoom } from '../../src/lesson/room-files.js';
import { checked, countsOf, reasonsIn } from '../support/room-files.js';
import { Scratch } from '../support/student.js';

let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});

afterEach(() => scratch.remove());

describe('the files of a room', () => {
  test('are files, folders, and folders in which someone worked', () => {
    scratch.write('ada.json', checked(1));
    scratch.write('ming/progress.json', checked(2));
    scratch.write('zoe/loopscope-lessons/progress.json', checked(3));
    expect(countsOf(readRoom(scratch.path))).toEqual({ ada: 1, ming: 2, zoe: 3 });
  });

  test.each([
    'Foo.JSON',
    'Foo.json.txt',
    'Foo.JSON.TXT',
    'Foo/progress.json.txt',
    'Foo/Progress.json',
  ])('may be called %s', (name) => {
    scratch.write(name, checked(1));
    expect(countsOf(readRoom(scratch.path))).toEqual({ Foo: 1 });
  });

  test('what is no progress is named, but for what systems leave behind', () => {
    scratch.write('ada.json', checked(1));
    mkdirSync(join(scratch.path, 'empty'));
    for (const name of ['notes.txt', '.DS_Store', '__MACOSX/x', 'Thumbs.db', 'desktop.ini']) {
      scratch.write(name, '');
    }
    expect(readRoom(scratch.path)).toMatchObject({
      others: ['empty', 'notes.txt'],
      unreadable: [],
    });
  });
});

describe('what is in a file', () => {
  const text = checked(1);

  /** UTF-16 with the byte that counts more first. */
  function bigEndian(words: string): Uint8Array {
    return Buffer.from(words, 'utf16le').swap16();
  }

  test.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['UTF-16 the other way round', bigEndian(`\ufeff${text}`)],
    ['the same without a mark', bigEndian(text)],
  ])('may be %s', (_, bytes) => {
    scratch.write('ada.json', bytes);
    expect(countsOf(readRoom(scratch.path))).toEqual({ ada: 1 });
  });

  test('is not read where it is something else', () => {
    scratch.write('broken.json', '{');
    scratch.write('empty.json', '');
    scratch.write('latin.json', Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x7d]));
    scratch.write('large.json', ' '.repeat((1 << 20) + 1));
    const room = readRoom(scratch.path);
    expect(room.students).toEqual([]);
    expect(reasonsIn(scratch.path, room)).toEqual({
      'broken.json': 'it is not JSON',
      'empty.json': 'it is empty',
      'large.json': 'it is larger than 1,048,576 bytes',
      'latin.json': 'it is text neither in UTF-8 nor in UTF-16',
    });
  });
});

describe('copies', () => {
  test.each([
    ['Ada.json', 'Ada (1).json'],
    ['Ada.json', 'Ada(2).json'],
    ['Ada.json', 'Ada copy.json'],
    ['Ada.json', 'Ada - Copy (3).json'],
    ['Ada.json', 'Ada/progress.json'],
    ['Ada/progress.json', 'Ada/progress (1).json'],
    ['Ad\u00e1.json', 'Ada\u0301 (1).json'],
  ])('%s and %s are one student, and the later one counts', (one, other) => {
    for (const [first, second] of [
      [2, 5],
      [5, 2],
    ] as const) {
      scratch.write(one, checked(first));
      scratch.write(other, checked(second));
      const room = readRoom(scratch.path);
      expect(Object.values(countsOf(room))).toEqual([5]);
      expect(room.students[0]?.name).toMatch(/^Ad(a|\u00e1)$/);
      const paths = [one, other].map((path) => join(path));
      const [path, of] = first < second ? paths : paths.reverse();
      expect(room.copies).toEqual([{ path, of }]);
    }
  });

  test('a name with a number alone is the name', () => {
    scratch.write('Ada (1).json', checked(1));
    expect(countsOf(readRoom(scratch.path))).toEqual({ Ada: 1 });
  });

  test('two of one name who did different things are two, by the names of their files', () => {
    scratch.write('Ada.json', checked(2, 'wrong.a'));
    scratch.write('Ada (1).json', checked(3, 'wrong.b'));
    const room = readRoom(scratch.path);
    expect(countsOf(room)).toEqual({ 'Ada (1).json': 3, 'Ada.json': 2 });
    expect(room.namesakes).toEqual([['Ada (1).json', 'Ada.json']]);
    expect(room.copies).toEqual([]);
  });

  test('files that are all called progress tell nothing of whose they are, so each counts', () => {
    scratch.write('progress.json', checked(1));
    scratch.write('progress (1).json', checked(2));
    expect(countsOf(readRoom(scratch.path))).toEqual({ progress: 1, 'progress (1)': 2 });
  });
});
