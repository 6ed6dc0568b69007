import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Seat } from '../../src/page/chat/state.js';

/** A WebSocket whose fate is the test's. */
class FakeSocket {
  readonly sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.ends(1000);
  }
  ends(code: number): void {
    this.onclose?.({ code, reason: '' });
  }
}

describe('a seat in the room', () => {
  let sockets: FakeSocket[] = [];
  let seat: Seat;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('location', { protocol: 'http:' });
    sockets = [];
    seat = new Seat(() => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    });
    seat.join('ws://127.0.0.1:8080', 'Ada');
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const said = (): string[] => seat.lines.value.map(({ text }) => text);

  test('that waited for a server that stands still says so, and tries again by itself', () => {
    vi.advanceTimersByTime(4 * 60_000);
    sockets[0]?.ends(1006);
    expect(said()).toEqual([
      'The room did not answer for 4 min 0 s, and the browser gave up: its server stands still. It is tried again.',
    ]);
    expect(seat.state.value).toBe('again');
    vi.advanceTimersByTime(2_000);
    sockets[1]?.onopen?.();
    expect(seat.state.value).toBe('in');
    expect(sockets[1]?.sent).toEqual(['{"type":"login","content":"Ada"}']);
  });

  test('where there is no room is said at once, and nothing is tried', () => {
    sockets[0]?.ends(1006);
    expect(said()[0]).toContain('is the room open there?');
    vi.advanceTimersByTime(60_000);
    expect([seat.state.value, sockets.length]).toEqual(['out', 1]);
  });

  test.each([1001, 1006])('whose room went away with %i goes in again when it is back', (code) => {
    sockets[0]?.onopen?.();
    sockets[0]?.ends(code);
    for (let i = 1; i <= 3; i++) {
      vi.advanceTimersByTime(2_000);
      expect(sockets.length).toBe(i + 1);
      if (i < 3) sockets[i]?.ends(1006);
    }
    sockets[3]?.onopen?.();
    expect(seat.state.value).toBe('in');
    expect(said().filter((text) => text.includes('closed'))).toHaveLength(1);
  });

  test.each([1000, 1002, 1008])('that the room has ended with %i stays out', (code) => {
    sockets[0]?.onopen?.();
    sockets[0]?.ends(code);
    vi.advanceTimersByTime(60_000);
    expect([seat.state.value, sockets.length]).toEqual(['out', 1]);
  });

  test('that is left while it tries again tries no more', () => {
    sockets[0]?.onopen?.();
    sockets[0]?.ends(1006);
    seat.leave();
    vi.advanceTimersByTime(60_000);
    expect([seat.state.value, sockets.length]).toEqual(['out', 1]);
  });

  test('hears nothing of what the room says to a class', () => {
    sockets[0]?.onopen?.();
    const before = said();
    for (const message of [
      { type: 'class', vote: null },
      { type: 'answered', lesson: 7, round: 1, answered: 3 },
    ]) {
      sockets[0]?.onmessage?.({ data: JSON.stringify(message) });
    }
    expect(said()).toEqual(before);
  });
});
