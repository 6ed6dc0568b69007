/**
 * Conversations by chance, as scenarios: whatever clients may send and do, the same for the same seed.
 * One client acts in a step, so that no server has a choice in which order it hears them.
 * @module
 */

import { joinBytes } from '../bytes.js';
import { Random } from '../net/sim.js';
import { fuzz as texts } from '../texts/fuzz.en.js';
import { fill } from '../texts/say.js';
import { Opcode } from '../websocket/frame.js';
import {
  close,
  connect,
  frame,
  handshake,
  lyingFrame,
  pieces,
  reset,
  send,
  shutdown,
  text,
} from './build.js';
import { odd, oddRequest, type Pick, picker } from './conversation-bytes.js';
import type { Action, Scenario } from './scenario.js';

/** How far a client is. */
type Phase = 'away' | 'connected' | 'greeted' | 'half' | 'gone';

/**
 * Makes a conversation of one to three clients.
 *
 * @param seed of the run
 * @param number of the conversation in it
 */
export function randomConversation(seed: number, number: number): Scenario {
  const steps = new Talk(new Random(seed, number)).steps();
  const values = { number: String(number), seed: String(seed) };
  const description = fill(texts['fuzz.description'], values); // in its file it is English
  return { name: `fuzz-${seed}-${number}`, description, steps };
}

class Talk {
  readonly #random: Random;
  readonly #pick: Pick;
  readonly #phases = new Map<string, Phase>();

  constructor(random: Random) {
    this.#random = random;
    this.#pick = picker(random);
  }

  steps(): Action[][] {
    const clients = ['A', 'B', 'C'].slice(0, 1 + this.#random.below(3));
    for (const client of clients) this.#phases.set(client, 'away');
    const steps: Action[][] = [];
    for (let left = 4 + this.#random.below(12); left > 0; left--) {
      const there = clients.filter((client) => this.#phases.get(client) !== 'gone');
      if (there.length === 0) break;
      steps.push([this.#act(this.#pick(there))]);
    }
    return steps;
  }

  #act(client: string): Action {
    switch (this.#phases.get(client)) {
      case 'away':
        this.#phases.set(client, 'connected');
        return connect(client);
      case 'connected':
        if (this.#random.below(12) === 0) return this.#end(client);
        this.#phases.set(client, 'greeted');
        return this.#random.below(4) > 0 ? handshake(client) : this.#oddHandshake(client);
      case 'half':
        return this.#random.below(2) === 0
          ? this.#ends(client, 'gone', close)
          : this.#ends(client, 'gone', reset);
      default:
        return this.#random.below(9) === 0 ? this.#end(client) : this.#say(client);
    }
  }

  #end(client: string): Action {
    const how = this.#random.below(3);
    if (how === 0) return this.#ends(client, 'half', shutdown);
    return this.#ends(client, 'gone', how === 1 ? close : reset);
  }

  #ends(client: string, phase: Phase, how: (client: string) => Action): Action {
    this.#phases.set(client, phase);
    return how(client);
  }

  #oddHandshake(client: string): Action {
    const request = oddRequest(this.#random);
    return this.#random.below(3) === 0 ? this.#cut(client, request) : send(client, request);
  }

  /** Something from a client whose handshake is behind it. */
  #say(client: string): Action {
    const { words, json, noise } = odd(this.#random);
    switch (this.#random.below(12)) {
      case 0:
      case 1:
        return text(client, JSON.stringify({ type: 'login', content: words() }));
      case 2:
      case 3:
        return text(client, JSON.stringify({ type: 'user', content: words() }));
      case 4:
      case 5:
        return text(client, json());
      case 6:
        return send(client, this.#anyFrame(json()));
      case 7:
        return send(
          client,
          lyingFrame(json(), this.#random.below(200), this.#pick([7, 16, 64] as const)),
        );
      case 8:
        return this.#cut(client, this.#anyFrame(json()));
      case 9: {
        const glued = Array.from({ length: 2 + this.#random.below(2) }, () =>
          this.#anyFrame(json()),
        );
        return send(client, joinBytes(glued));
      }
      case 10:
        return send(client, frame(Opcode.close, noise(this.#pick([0, 2, 2, 5, 20]))));
      default:
        return send(client, noise(1 + this.#random.below(this.#pick([8, 40, 5_000]))));
    }
  }

  /** A frame with any opcode and bits, mostly of the kinds that there are. */
  #anyFrame(json: string): Uint8Array {
    const opcode = this.#pick([1, 1, 1, 0, 2, 8, 9, 10, this.#random.below(16)]);
    const bit = (one: number): boolean => this.#random.below(one) === 0;
    const bits = { fin: !bit(5), rsv1: bit(9), rsv2: bit(12), rsv3: bit(12) };
    return frame(opcode, json, bit(8) ? { ...bits, maskingKey: null } : bits);
  }

  #cut(client: string, bytes: Uint8Array): Action {
    const cuts = Array.from(
      { length: 1 + this.#random.below(3) },
      () => 1 + this.#random.below(Math.max(1, bytes.length - 1)),
    );
    const places = [...new Set(cuts)].filter((at) => at < bytes.length).sort((a, b) => a - b);
    return pieces(client, bytes, ...places);
  }
}
