import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClassAnswer } from '../../src/class/messages.js';
import { Line } from '../../src/page/class/line.js';

/** A WebSocket whose fate is the test's. */
class FakeSocket {
  readonly sent: string[] = [];
  isClosed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.isClosed = true;
  }
  /** The room lets it in. */
  lets(): void {
    this.onopen?.();
    this.tells({ type: 'class', vote: null });
  }
  tells(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const HELLO = '{"type":"class","person":null,"name":null}';
/** Longer than any pause between two tries. */
const LONG_MS = 10_000;

describe('the line of a page to its class', () => {
  let sockets: FakeSocket[] = [];
  let answers: ClassAnswer[] = [];
  let joined = 0;
  let line: Line;
  let page: EventTarget & { visibilityState: string };
  let browser: EventTarget;

  beforeEach(() => {
    vi.useFakeTimers();
    page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    browser = new EventTarget();
    vi.stubGlobal('document', page);
    vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
    [sockets, answers, joined] = [[], [], 0];
    line = new Line({
      url: 'ws://127.0.0.1:8080',
      hello: () => ({ type: 'class', person: null, name: null }),
      onJoined: () => joined++,
      onAnswer: (answer) => answers.push(answer),
      make: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket as unknown as WebSocket;
      },
    });
  });

  afterEach(() => {
    line.end();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const last = (): FakeSocket => sockets.at(-1) as FakeSocket;

  function look(state: 'visible' | 'hidden'): void {
    page.visibilityState = state;
    page.dispatchEvent(new Event('visibilitychange'));
  }

  test('says who is there first, and is in when the room has answered', () => {
    expect(line.say({ type: 'class', person: null, name: null })).toBe(false);
    last().onopen?.();
    expect([last().sent, line.state.value, joined]).toEqual([[HELLO], 'joining', 0]);
    last().tells({ type: 'handshake', content: 'done' });
    expect([line.state.value, answers.length]).toEqual(['joining', 0]);
    last().tells({ type: 'class', vote: null });
    expect([line.state.value, joined]).toEqual(['in', 1]);
  });

  test('that is lost is opened again, later each time, and at once from the beginning when it was in', () => {
    last().lets();
    const pauses = Array.from({ length: 8 }, () => {
      const before = sockets.length;
      last().onclose?.();
      expect(line.state.value).toBe('away');
      let waited = 0;
      while (sockets.length === before) {
        vi.advanceTimersByTime(50);
        waited += 50;
      }
      return waited;
    });
    expect(pauses[0]).toBeLessThanOrEqual(500);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(4_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(8_000);
    last().lets();
    last().onclose?.();
    vi.advanceTimersByTime(500);
    last().lets();
    expect(joined).toBe(3);
  });

  test('that waits for a loop which stands still waits on, and hangs up by nothing of its own', () => {
    last().onopen?.();
    vi.advanceTimersByTime(60 * 60_000);
    expect([sockets.length, last().isClosed, line.state.value]).toEqual([1, false, 'joining']);
  });

  test.each(['online', 'pageshow'])('is opened at once on %s', (event) => {
    last().onclose?.();
    browser.dispatchEvent(new Event(event));
    expect(sockets.length).toBe(2);
    vi.advanceTimersByTime(LONG_MS);
    expect(sockets.length).toBe(2);
  });

  test('of a telephone that wakes is opened at once where it was lost, and asked where it was not', () => {
    last().lets();
    look('hidden');
    vi.advanceTimersByTime(30_000);
    look('visible');
    expect(last().sent).toEqual([HELLO]); // a glance at another page
    look('hidden');
    vi.advanceTimersByTime(120_000);
    look('visible');
    expect(last().sent).toEqual([HELLO, HELLO]);
    last().tells({ type: 'class', vote: null });
    vi.advanceTimersByTime(LONG_MS);
    expect([sockets.length, joined]).toEqual([1, 1]);

    look('hidden');
    vi.advanceTimersByTime(120_000);
    look('visible');
    vi.advanceTimersByTime(2 * LONG_MS); // nobody answers: it was dead
    expect([sockets[0]?.isClosed, sockets.length]).toEqual([true, 2]);
    last().onclose?.();
    look('hidden');
    look('visible');
    expect(sockets.length).toBe(3);
  });

  test('that has ended is opened no more', () => {
    line.end();
    vi.advanceTimersByTime(LONG_MS);
    browser.dispatchEvent(new Event('online'));
    expect([sockets.length, last().isClosed]).toEqual([1, true]);
  });
});
