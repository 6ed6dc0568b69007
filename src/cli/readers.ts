/**
 * Reads what is written on the command line, behind an option or as an argument.
 * @module
 */

import { InvalidArgumentError } from '@commander-js/extra-typings';
import { allowedHostProblem, allowedOriginProblem } from '../chat/origin.js';
import { MAX_PER_ADDRESS } from '../class/state.js';
import type { Address } from '../net/net.js';
import type { Upstream } from '../tap/loop.js';
import type { help } from '../texts/help.en.js';
import type { Say } from '../texts/say.js';

/** One for each kind of thing. */
export type Readers = ReturnType<typeof readers>;

/** @param say says what does not fit; each reader throws that as commander's InvalidArgumentError */
export function readers(say: Say<keyof typeof help>) {
  /** A whole number of at most so many digits. */
  function whole(digits: number, wrong: keyof typeof help, least = 0) {
    return (text: string): number => {
      const isWhole = /^\d+$/.test(text) && text.length <= digits;
      if (!isWhole || Number(text) < least) throw new InvalidArgumentError(say(wrong));
      return Number(text);
    };
  }

  /** `HOST:PORT`, with an IPv6 address in brackets; `ws://` in front does no harm. */
  function hostAndPort(text: string): Address {
    const [, name, digits = ''] =
      /^(?:ws:\/\/)?(\[[^[\]]+\]|[^:/\s[\]]+):(\d+)\/?$/.exec(text) ?? [];
    const value = Number(digits);
    if (name === undefined || value < 1 || value > 65_535) {
      throw new InvalidArgumentError(say('wrong.upstream'));
    }
    return { host: name.replace(/^\[|\]$/g, ''), port: value };
  }

  return {
    /** A number of played students, who all come from one address. */
    players(text: string): number {
      const value = whole(3, 'wrong.players', 1)(text);
      if (value > MAX_PER_ADDRESS) throw new InvalidArgumentError(say('wrong.players'));
      return value;
    },

    /** 0 asks the system for a free one. */
    port(text: string): number {
      const value = Number(text);
      if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError(say('wrong.port'));
      return value;
    },

    /** What the tap passes on to: `HOST:PORT`, or a URL of `wss:`, whose port may be left out. */
    upstream(text: string): Upstream {
      if (!/^wss:\/\//i.test(text)) return hostAndPort(text);
      const url = URL.canParse(text) ? new URL(text) : null;
      if (url === null || url.username + url.password + url.hash !== '' || url.port === '0') {
        throw new InvalidArgumentError(say('wrong.upstream'));
      }
      const target = url.pathname + url.search;
      return {
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: Number(url.port || 443),
        named: { host: url.host, target: target === '/' ? null : target },
      };
    },

    /** An address to listen on; an IPv6 address may stand in brackets, as in a URL. */
    listenHost(text: string): string {
      const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? '';
      if (bare.includes(':')) return bare;
      // an empty one would be every interface, which nobody asks for by saying nothing
      if (text.trim() === '') throw new InvalidArgumentError(say('wrong.host'));
      return text;
    },

    /** The number of a step. */
    seq: whole(9, 'wrong.seq'),
    seed: whole(9, 'wrong.seed'),
    /** The number of a lesson; which there are is seen when it is looked for. */
    lesson: whole(Infinity, 'wrong.lesson'),
    /** A number of clients; whether the process can have so many is seen when it serves. */
    clients: whole(9, 'wrong.clients', 1),
    conversations: whole(9, 'wrong.conversations', 1),
    /** A process. */
    pid: whole(9, 'wrong.pid', 1),
    seconds: whole(5, 'wrong.seconds'),
    patience: whole(3, 'wrong.patience', 1),
    /** How much a file may take. */
    mebibytes: whole(9, 'wrong.mebibytes', 1),

    /** An origin, behind those that were read before. */
    origin: (text: string, before: string[] = []): string[] =>
      behind(before, text, allowedOriginProblem(text)),
    /** A name of the server, behind those that were read before. */
    hostName: (text: string, before: string[] = []): string[] =>
      behind(before, text, allowedHostProblem(text)),
  };
}

function behind(before: string[], text: string, problem: string | null): string[] {
  if (problem !== null) throw new InvalidArgumentError(problem);
  return [...before, text];
}
