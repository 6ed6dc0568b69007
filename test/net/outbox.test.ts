import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy, joinBytes } from '../../src/bytes.js';
import { type Net, SocketError } from '../../src/net/net.js';
import { Joiner, Outbox } from '../../src/net/outbox.js';
import { utf8 } from '../support/bytes.js';

const FD = 4;

/** A network of one descriptor, whose send buffer has room for so many bytes. */
class Pipe {
  room: number;
  /** What each call of send took. */
  readonly sent: Uint8Array[] = [];
  broken = false;

  constructor(room = Number.POSITIVE_INFINITY) {
    this.room = room;
  }

  send(fd: number, bytes: Uint8Array): number {
    expect(fd).toBe(FD);
    if (this.broken) throw new SocketError('send', 'EPIPE', `fd ${fd} is gone`);
    if (this.room === 0) throw new SocketError('send', 'EAGAIN', `fd ${fd} has no room`);
    const taken = bytes.subarray(0, this.room);
    this.room -= taken.length;
    this.sent.push(taken);
    return taken.length;
  }

  get text(): string {
    return fromUtf8Lossy(joinBytes(this.sent));
  }

  /** Only `send` is called by an outbox. */
  get net(): Net {
    return this as Partial<Net> as Net;
  }
}

function outboxWith(...texts: string[]): Outbox {
  const outbox = new Outbox();
  for (const text of texts) outbox.push(utf8(text));
  return outbox;
}

describe('send(2) of what a turn gathered', () => {
  test('everything goes out in one call, in order', () => {
    const pipe = new Pipe();
    const outbox = outboxWith('one ', 'two ', 'three');
    expect(outbox.length).toBe(13);
    expect(outbox.flush(pipe.net, FD)).toBe(13);
    expect(pipe.sent).toEqual([utf8('one two three')]);
    expect(outbox.length).toBe(0);
  });

  test('a backlog is not copied anew with each part behind it', () => {
    const pipe = new Pipe(0);
    const offered: Uint8Array[] = [];
    const net = {
      send: (fd: number, bytes: Uint8Array) => {
        offered.push(bytes);
        return pipe.send(fd, bytes);
      },
    } as Partial<Net> as Net;
    const outbox = outboxWith('a'.repeat(200_000), 'b'.repeat(200_000));
    for (let i = 0; i < 10; i++) {
      outbox.push(utf8(String(i)));
      expect(outbox.flush(net, FD)).toBe(0);
    }
    expect(new Set(offered).size).toBe(1); // the very same bytes each time
    expect(outbox.length).toBe(400_010);
    pipe.room = 200_005;
    expect(outbox.flush(net, FD)).toBe(200_005);
    pipe.room = Number.POSITIVE_INFINITY;
    expect(outbox.flush(net, FD)).toBe(200_005);
    expect(pipe.text).toBe(`${'a'.repeat(200_000)}${'b'.repeat(200_000)}0123456789`);
    expect(outbox.length).toBe(0);
  });

  test('with nothing to send, send is not called', () => {
    const pipe = new Pipe();
    expect(outboxWith().flush(pipe.net, FD)).toBe(0);
    expect(outboxWith('').flush(pipe.net, FD)).toBe(0);
    expect(pipe.sent).toEqual([]);
  });

  test('what is not taken waits, in front of what comes later', () => {
    const pipe = new Pipe(5);
    const outbox = outboxWith('one ', 'two ');
    expect(outbox.flush(pipe.net, FD)).toBe(5);
    expect(outbox.length).toBe(3);
    outbox.push(utf8('three'));
    pipe.room = 100;
    expect(outbox.flush(pipe.net, FD)).toBe(8);
    expect(pipe.text).toBe('one two three');
  });

  test('EAGAIN is no error: all of it waits', () => {
    const pipe = new Pipe(0);
    const outbox = outboxWith('one ', 'two');
    expect(outbox.flush(pipe.net, FD)).toBe(0);
    expect(outbox.length).toBe(7);
    pipe.room = 100;
    outbox.flush(pipe.net, FD);
    expect(pipe.text).toBe('one two');
  });

  test('EPIPE is for the caller', () => {
    const pipe = new Pipe();
    pipe.broken = true;
    expect(() => outboxWith('one').flush(pipe.net, FD)).toThrow('send EPIPE');
  });

  test('a byte of room at a time, all of it arrives', () => {
    const pipe = new Pipe(0);
    const outbox = outboxWith('slow');
    while (outbox.length > 0) {
      pipe.room = 1;
      expect(outbox.flush(pipe.net, FD)).toBe(1);
    }
    expect(pipe.text).toBe('slow');
  });
});

describe('a joiner serves all clients of a turn', () => {
  const [hello, world] = [utf8('hello '), utf8('world')];

  test('the same arrays again are not joined again', () => {
    const joiner = new Joiner();
    expect(joiner.join([hello, world])).toBe(joiner.join([hello, world]));
  });

  test('one array is itself', () => {
    expect(new Joiner().join([hello])).toBe(hello);
  });

  test('other arrays, or the same in another order, are joined anew', () => {
    const joiner = new Joiner();
    expect(joiner.join([hello, world])).toEqual(utf8('hello world'));
    expect(joiner.join([world, hello])).toEqual(utf8('worldhello '));
    expect(joiner.join([hello, world, hello])).toEqual(utf8('hello worldhello '));
    expect(joiner.join([])).toEqual(utf8(''));
  });

  test('clients that take different amounts do not disturb each other', () => {
    const joiner = new Joiner();
    const [slow, fast] = [new Pipe(3), new Pipe()];
    const outboxes = [new Outbox(), new Outbox()] as const;
    for (const outbox of outboxes) {
      outbox.push(hello);
      outbox.push(world);
    }
    outboxes[0].flush(slow.net, FD, joiner);
    outboxes[1].flush(fast.net, FD, joiner);
    expect([slow.text, fast.text]).toEqual(['hel', 'hello world']);
    outboxes[0].push(hello);
    slow.room = 100;
    outboxes[0].flush(slow.net, FD, joiner);
    expect(slow.text).toBe('hello worldhello ');
  });

  test('a client whose send fails does not spoil what the next one gets', () => {
    const joiner = new Joiner();
    const [gone, here] = [new Pipe(), new Pipe()];
    gone.broken = true;
    const lost = outboxWith();
    lost.push(hello);
    lost.push(world);
    expect(() => lost.flush(gone.net, FD, joiner)).toThrow('EPIPE');
    lost.push(hello); // nobody has taken it from the list of clients yet
    const outbox = new Outbox();
    for (const part of [hello, world, hello]) outbox.push(part);
    expect(outbox.flush(here.net, FD, joiner)).toBe(17);
    expect(here.text).toBe('hello worldhello ');
  });
});
