/**
 * The protocol under fuzz: decoder, open connection, compression, both sides of the handshake. Each
 * is fed whole and in random pieces, and must make the same of both.
 * @module
 */

import { joinBytes } from '../../src/bytes.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import type { Random } from '../../src/net/sim.js';
import { ClientHandshake } from '../../src/websocket/client-handshake.js';
import { isCloseCodeOnWire } from '../../src/websocket/closing.js';
import { Connection, type Received } from '../../src/websocket/connection.js';
import { FrameDecoder } from '../../src/websocket/decoder.js';
import { Deflater, Inflater } from '../../src/websocket/deflate.js';
import { DEFLATE_DEFAULTS, type DeflateParameters } from '../../src/websocket/deflate-offer.js';
import { frameBytes, type Role } from '../../src/websocket/frame.js';
import { type Answer, ServerHandshake } from '../../src/websocket/handshake.js';
import { MessageAssembler } from '../../src/websocket/message.js';
import { utf8 } from '../support/bytes.js';
import {
  ASKED_KEY,
  answer,
  compressed,
  damaged,
  noise,
  pick,
  randomPieces,
  request,
  stream,
  TOKENS,
  words,
} from './inputs.js';
import { must, mustEqual, type Target } from './target.js';

const ROLES: readonly Role[] = ['client', 'server'];
const LIMITS = [0, 10, 125, 1_000, 1 << 20];
const CLOSE_CODES = [1002, 1007, 1009];

const decoder: Target = {
  name: 'decoder',
  make: (random) => stream(random, pick(random, ROLES), random.below(2) === 0),
  run(bytes, random) {
    const from = pick(random, ROLES);
    const options = { rsv1: random.below(2) === 0, maxMessageLength: pick(random, LIMITS) };
    const before = bytes.slice();
    const decode = (pieces: readonly Uint8Array[]) => {
      const decoder = new FrameDecoder(from, options);
      const frames = pieces.flatMap((piece) => decoder.feed(piece));
      return { frames, problem: decoder.problem, midMessage: decoder.midMessage };
    };
    const whole = decode([bytes]);
    mustEqual(decode(randomPieces(random, bytes)), whole, 'cut and whole');
    mustEqual(bytes, before, 'the bytes that were fed are not changed');
    const taken = joinBytes(whole.frames.map(frameBytes));
    mustEqual(taken, bytes.subarray(0, taken.length), 'the frames are the stream');
    if (whole.problem !== null) {
      must(CLOSE_CODES.includes(whole.problem.closeCode), 'a close code for what peers do wrong');
    }
    const messages = new MessageAssembler();
    for (const frame of whole.frames) {
      const message = messages.push(frame);
      if (message === null) continue;
      const { maxMessageLength: limit } = options;
      // what cannot be made smaller grows a little when it is compressed; what comes out is held to the limit
      const most = message.compressed ? limit + Math.ceil(limit / 16) + 64 : limit;
      must(message.payload.length <= most, 'a message within the limit');
      // the platform's own decoder, which throws for what is no UTF-8
      if (message.isText && !message.compressed) must(message.text !== null, 'a text is a text');
    }
  },
};

/** Everything that a connection of this role makes of the pieces. */
function received(role: Role, pieces: readonly Uint8Array[], deflate: boolean) {
  const compression = { parameters: DEFLATE_DEFAULTS, compression: nodeCompression };
  const connection = new Connection(role, {
    maxMessageLength: 4_096,
    maxFragments: 6,
    maskingKey: () => 0x01020304,
    deflate: deflate ? compression : null,
  });
  const all: Received[] = [];
  for (const piece of pieces) all.push(...connection.receive(piece));
  return { all, state: connection.state };
}

const connection: Target = {
  name: 'connection',
  make: (random) => stream(random, pick(random, ROLES), random.below(2) === 0),
  run(bytes, random) {
    const role = pick(random, ROLES);
    const deflate = random.below(2) === 0;
    const whole = received(role, [bytes], deflate);
    const cut = received(role, randomPieces(random, bytes), deflate);
    mustEqual(cut, whole, 'cut and whole');
    for (const one of whole.all) {
      if (one.kind !== 'frame' || one.message === null) continue;
      must(one.message.payload.length <= 4_096, 'a message within the limit, inflated too');
      if (one.message.isText) must(one.message.text !== null, 'a text is a text');
    }
    const replies = joinBytes(whole.all.flatMap(({ reply }) => (reply === null ? [] : [reply])));
    const peer = new FrameDecoder(role);
    peer.feed(replies);
    mustEqual([peer.problem, peer.midMessage], [null, false], 'what we answer obeys the RFC');
    const last = whole.all.at(-1);
    must((last?.kind ?? 'frame') === 'frame' || whole.state === 'closed', 'an end ends it');
    must(
      whole.all.slice(0, -1).every(({ kind }) => kind === 'frame'),
      'nothing follows an end',
    );
    if (last?.kind === 'close') {
      must(last.close.code === 1005 || isCloseCodeOnWire(last.close.code), 'a code of the wire');
    }
  },
};

function parameters(random: Random): DeflateParameters {
  return {
    serverNoContextTakeover: random.below(2) === 0,
    clientNoContextTakeover: random.below(2) === 0,
    serverMaxWindowBits: 9 + random.below(7),
    clientMaxWindowBits: 9 + random.below(7),
  };
}

const deflate: Target = {
  name: 'deflate',
  make(random) {
    if (random.below(4) === 0) return noise(random, 300);
    const good = compressed(utf8(words(random).repeat(1 + random.below(40))));
    return random.below(4) === 0 ? good : damaged(random, good);
  },
  run(bytes, random) {
    const agreed = parameters(random);
    const limit = pick(random, LIMITS);
    const inflater = new Inflater(nodeCompression.inflate, agreed, 'client');
    const inflated = inflater.inflate(bytes, limit);
    if (inflated instanceof Uint8Array) must(inflated.length <= limit, 'no more than the limit');
    else must(CLOSE_CODES.includes(inflated.closeCode), 'a close code for what peers do wrong');
    // and as content, there and back, message after message
    const from = pick(random, ROLES);
    const options = { parameters: agreed, compression: nodeCompression, threshold: 0 };
    const deflater = new Deflater(options, from);
    const back = new Inflater(nodeCompression.inflate, agreed, from);
    for (const piece of randomPieces(random, bytes)) {
      const sent = deflater.deflate(piece);
      if (sent !== null) mustEqual(back.inflate(sent, 1 << 20), piece, 'there and back');
    }
  },
};

const requests: Target = {
  name: 'handshake-server',
  make: (random) =>
    random.below(8) === 0
      ? noise(random, 400)
      : damaged(random, joinBytes([request(random), noise(random, 30)]), TOKENS),
  run(bytes, random) {
    const takesDeflate = random.below(2) === 0;
    const feed = (pieces: readonly Uint8Array[]) => {
      const handshake = new ServerHandshake({ maxLength: 2_000, deflate: takesDeflate });
      for (const [i, piece] of pieces.entries()) {
        const answer = handshake.feed(piece);
        if (answer !== null) return withRest(answer, pieces.slice(i + 1));
      }
      return null;
    };
    const whole = feed([bytes]);
    const cut = feed(randomPieces(random, bytes));
    // a head with two faults may be refused for the one that is seen first
    mustEqual(cut && 'key' in cut, whole && 'key' in whole, 'cut and whole');
    if (whole === null) return;
    const head = String.fromCharCode(...whole.bytes);
    must(
      /^HTTP\/1\.1 (101|200|400|403|405|426|431|505) [A-Za-z ]+\r\n/.test(head),
      'an HTTP answer',
    );
    if (!('key' in whole)) return;
    mustEqual(cut, whole, 'cut and whole');
    mustEqual(whole.rest, bytes.slice(bytes.length - whole.rest.length), 'what came behind it');
    must(whole.status === 101 && head.endsWith('\r\n\r\n'), 'the answer ends');
    must(takesDeflate || whole.deflate === null, 'no compression unasked');
  },
};

/** With the pieces that nobody would have fed any more. */
function withRest(answer: Answer, more: readonly Uint8Array[]): Answer {
  return 'key' in answer ? { ...answer, rest: joinBytes([answer.rest, ...more]) } : answer;
}

const answers: Target = {
  name: 'handshake-client',
  make: (random) =>
    random.below(8) === 0
      ? noise(random, 400)
      : damaged(random, joinBytes([answer(random), noise(random, 30)]), TOKENS),
  run(bytes, random) {
    const offers = random.below(2) === 0 ? {} : null;
    const feed = (pieces: readonly Uint8Array[]) => {
      const handshake = new ClientHandshake({ host: 'a', key: ASKED_KEY, deflate: offers });
      for (const [i, piece] of pieces.entries()) {
        const result = handshake.feed(piece);
        if (result === null) continue;
        if (!result.open) return { open: false };
        return { ...result, rest: joinBytes([result.rest, ...pieces.slice(i + 1)]) };
      }
      return null;
    };
    mustEqual(feed(randomPieces(random, bytes)), feed([bytes]), 'cut and whole');
  },
};

/** The targets of this file. */
export const PROTOCOL: readonly Target[] = [decoder, connection, deflate, requests, answers];
