import { expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { CaptureCollector } from '../../src/inspect/capture-streams.js';
import type { ByteStore } from '../../src/inspect/stored-bytes.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { someBytes } from '../support/bytes.js';
import { memoryNow } from '../support/memory.js';
import { packetOf, pcap, segment } from '../support/pcap.js';

/** A store of a capture that repeats itself: whatever is asked for is there, and nothing is kept. */
class Repeating implements ByteStore {
  kept = 0;
  read = (_place: number, start: number, end: number): Uint8Array => PAYLOAD.subarray(start, end);

  keep(bytes: Uint8Array): number {
    this.kept += bytes.length;
    return 0;
  }
}

const PAYLOAD = encodeFrame(Opcode.binary, someBytes(1_396), { maskingKey: 7 });
const PACKETS = 1_000;

/** The records of so many packets, without the file's header. */
function records(first: number): Uint8Array {
  const packets = Array.from({ length: PACKETS }, (_, i) =>
    packetOf(segment({ sequence: (first + i) * PAYLOAD.length, payload: PAYLOAD })),
  );
  return pcap(packets).subarray(24);
}

test('a capture is read, and its streams are told, in a small part of its length', () => {
  const store = new Repeating();
  const collector = new CaptureCollector(store);
  collector.push(pcap([packetOf(segment())]));
  const before = memoryNow().alive;
  let length = 0;
  for (let i = 0; i < 40; i++) {
    const more = records(i * PACKETS);
    length += more.length;
    collector.push(more);
  }
  const [stream] = collector.end().streams;
  expect(stream?.length).toBe(store.kept);
  expect(memoryNow().alive - before).toBeLessThan(length / 8);
  let told = 0;
  for (const { bytes, arrivals } of stream?.pieces() ?? []) {
    if (told === 0) expect(joinBytes([bytes.subarray(0, PAYLOAD.length)])).toEqual(PAYLOAD);
    told += bytes.length;
    expect(arrivals?.reduce((sum, one) => sum + one.length, 0)).toBe(bytes.length);
  }
  expect(told).toBe(store.kept);
  expect(memoryNow().alive - before).toBeLessThan(length / 8);
});
