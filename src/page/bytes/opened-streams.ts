/**
 * The streams that were opened, explained once each, and their list, which stays the same one so long as
 * they do: who goes from stream to stream finds it as it was, and what was found in it.
 * @module
 */

import type { NamedStream } from '../../inspect/capture-streams.js';
import { inspect } from '../../inspect/inspect.js';
import { Listing } from '../../inspect/listing.js';
import type { ListedStream } from '../../inspect/search.js';
import type { Language } from '../../texts/language.js';

/** What is kept of the streams. */
export class OpenedStreams {
  readonly #kept = new WeakMap<NamedStream, ListedStream & { readonly language: Language }>();
  #streams: readonly ListedStream[] = [];
  #listing = new Listing([]);

  /** A stream as it was opened. */
  explained(stream: NamedStream, language: Language): ListedStream {
    const kept = this.#kept.get(stream);
    if (kept?.language === language) return kept;
    const { bytes, options } = stream;
    const explained = { bytes, inspection: inspect(bytes, { ...options, language }), language };
    this.#kept.set(stream, explained);
    return explained;
  }

  /** The list of all streams. @param own the one that is read, as it was edited */
  listing(
    opened: readonly NamedStream[],
    present: number,
    own: ListedStream,
    language: Language,
  ): Listing {
    const streams = opened.map((one, i) => {
      const explained = this.explained(one, language);
      return i === present && explained.inspection !== own.inspection ? own : explained;
    });
    if (streams.length === 0) streams.push(own);
    const isSame =
      streams.length === this.#streams.length &&
      streams.every((one, i) => one === this.#streams[i]);
    if (!isSame) {
      this.#streams = streams;
      this.#listing = new Listing(streams);
    }
    return this.#listing;
  }
}
