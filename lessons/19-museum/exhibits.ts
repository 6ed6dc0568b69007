/**
 * The exhibits: the sound server with one bug each. Three are defects of the PHP original, by their
 * numbers in docs/defects.md; seven were met in the field, and here they have names.
 */

import { mask, type Net, readClientMessage } from 'loopscope';
import { Decoder, type Read } from './decoder.js';
import { type Guest, type Reply, SoundServer } from './server.js';

/** D14: what cannot be understood is an empty array for everyone. */
class AnythingGoes extends SoundServer {
  protected override deal(guest: Guest, text: string): Reply {
    const isUnderstood = typeof readClientMessage(text) !== 'string';
    return isUnderstood ? super.deal(guest, text) : { json: '[]', toAll: true };
  }
}

/** D17: a type of 0 or true is taken for the first word of the list, which is login. */
class LooseType extends SoundServer {
  protected override deal(guest: Guest, text: string): Reply {
    const { type, content } = isJson(text) ? JSON.parse(text) : {};
    if (type !== 0 && type !== true) return super.deal(guest, text);
    return super.deal(guest, JSON.stringify({ type: 'login', content }));
  }
}

/** D20: a logout message is believed, whoever sends it about whomever. */
class ForgedLogout extends SoundServer {
  protected override deal(guest: Guest, text: string): Reply {
    const { type, content } = isJson(text) ? JSON.parse(text) : {};
    return type === 'logout' ? this.presence('logout', content) : super.deal(guest, text);
  }
}

// #region one-read
/** What one recv gives is taken for one message: no more, and no less. */
class OneReadOneMessage extends SoundServer {
  protected override *framesIn(_guest: Guest, bytes: Uint8Array): Generator<Read> {
    const [first] = new Decoder().feed(bytes);
    if (first !== undefined) yield first;
  }
}
// #endregion

// #region text-from-chunks
/** Each piece of a payload is made text by itself. */
class TextFromChunks extends SoundServer {
  protected override newDecoder(): Decoder {
    return new (class extends Decoder {
      protected override textOf(piece: Uint8Array): string {
        return new TextDecoder().decode(piece);
      }
    })();
  }
}
// #endregion

// #region mask-restarts
/** The masking key begins anew with each piece. */
class MaskRestarts extends SoundServer {
  protected override newDecoder(): Decoder {
    return new (class extends Decoder {
      protected override unmask(piece: Uint8Array, maskingKey: number): void {
        mask(piece, maskingKey);
      }
    })();
  }
}
// #endregion

// #region write-always
/** Every client is watched for writing, whether something waits for it or not. */
class WriteAlwaysWatched extends SoundServer {
  protected override watch(fd: number): void {
    super.watch(fd);
    this.write.add(fd);
  }
}
// #endregion

// #region fd-reused
/** What was due to a descriptor stays due when it is closed. */
class FdReused extends SoundServer {
  protected override forget(): void {}
}
// #endregion

// #region removed
/** Goes through the very list that clients are taken out of. */
class RemovedWhileIterating extends SoundServer {
  protected override recipients(): Iterable<Guest> {
    return this.guests;
  }
}
// #endregion

// #region emfile
/** An accept that failed for want of a descriptor is tried again, and again. */
class EmfileSpin extends SoundServer {
  protected override full(): void {}
}
// #endregion

/** What makes a server over a network. */
export type Make = (net: Net) => SoundServer;

/** All exhibits, by the names of their bugs. */
export const EXHIBITS: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['D14', (net) => new AnythingGoes(net)],
  ['D17', (net) => new LooseType(net)],
  ['D20', (net) => new ForgedLogout(net)],
  ['one-read-one-message', (net) => new OneReadOneMessage(net)],
  ['text-from-chunks', (net) => new TextFromChunks(net)],
  ['mask-restarts', (net) => new MaskRestarts(net)],
  ['write-always-watched', (net) => new WriteAlwaysWatched(net)],
  ['fd-reused', (net) => new FdReused(net)],
  ['removed-while-iterating', (net) => new RemovedWhileIterating(net)],
  ['emfile-spin', (net) => new EmfileSpin(net)],
]);

/** Whether a text is JSON that has keys. */
function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
