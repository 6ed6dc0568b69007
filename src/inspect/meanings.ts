/**
 * The sentences of the inspector by key. They are given numbers and choose among the texts of a
 * language; what is worked out here is only how a number is written.
 * @module
 */

import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { meanings as english } from '../texts/meanings.en.js';
import { meanings as chinese } from '../texts/meanings.zh.js';
import { type Say, speakers } from '../texts/say.js';
import { describeCloseCode } from '../websocket/close-codes.js';
import { describeProblem, type Problem } from '../websocket/problem.js';
import { describeReason } from '../websocket/reason.js';

/** A byte as it is written: `0x0a`. */
export function byte(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`;
}

/** The numbers of a frame's first byte. */
export interface FirstByte {
  value: number;
  fin: boolean;
  rsv: number;
  opcode: number;
  name: string;
  control: boolean;
  compressed: 'agreed' | 'offered' | 'perhaps' | null;
  place: { offset: number; frame: number; length: number } | null;
}

/** Those of its second. */
export interface SecondByte {
  value: number;
  masked: boolean;
  length7: number;
}

type MeaningsSay = Say<keyof typeof english>;

const sayIn = speakers({ en: english, zh: chinese }, { grouping: false });

function meaningsOf(say: MeaningsSay, language: Language) {
  return {
    ...headerMeanings(say),
    ...payloadMeanings(say, language),
    ...handshakeMeanings(say, language),
    ...restMeanings(say),
    problem: (n: Problem): string =>
      language === DEFAULT_LANGUAGE ? n.message : describeProblem(n, language),
  };
}

function headerMeanings(say: MeaningsSay) {
  const first = (n: FirstByte): string =>
    say(n.place === null ? 'first' : 'first.placed', {
      byte: byte(n.value),
      end: say(`first.${n.fin ? 'fin' : 'more'}${n.control ? '.control' : ''}`),
      reserved: reserved(say, n),
      opcode: n.opcode.toString(16),
      name: n.name,
      ...n.place,
    });
  const second = (n: SecondByte): string => {
    const { length7: length } = n;
    return say('second', {
      byte: byte(n.value),
      masked: say(n.masked ? 'second.masked' : 'second.unmasked'),
      length:
        length < 126
          ? say('second.length', { length })
          : say(length === 126 ? 'second.16' : 'second.64'),
    });
  };
  // a byte has 256 values, and of half a million frames nearly all begin with the same two
  const firsts: string[] = [];
  const seconds: string[] = [];
  return {
    first: (n: FirstByte): string => {
      if (n.place !== null || n.compressed !== null) return first(n);
      firsts[n.value] ??= first(n);
      return firsts[n.value] as string;
    },
    second: (n: SecondByte): string => {
      seconds[n.value] ??= second(n);
      return seconds[n.value] as string;
    },
    length16: (n: { length: number; shortest: boolean }): string =>
      say(n.shortest ? 'length16' : 'length16.long', { length: n.length }),
    length64: (n: { high: number }): string => say('length64', n),
    continued: (n: { high: number; low: number; length: number; shortest: boolean }): string =>
      say(n.shortest ? 'continued' : 'continued.long', {
        low: n.low,
        exact: String((BigInt(n.high) << 32n) + BigInt(n.low)), // more than a number can hold
        length: n.length,
        bits: n.length < 126 ? 7 : 16,
      }),
    key: (n: { hex: string }): string => say('key', n),
    partOf: (n: { field: string; have: number; length: number | string }): string =>
      say('partOf', { ...n }),
  };
}

function reserved(say: MeaningsSay, { rsv, compressed }: FirstByte): string {
  if (rsv === 4 && compressed !== null) return say(`first.${compressed}`);
  return say('first.reserved', { bits: rsv === 0 ? '0' : rsv.toString(2).padStart(3, '0') });
}

function payloadMeanings(say: MeaningsSay, language: Language) {
  return {
    payload: (n: {
      length: number;
      whole: number | string;
      masked: boolean;
      what: string;
    }): string => {
      const { length, whole, what } = n;
      const part = length === whole ? '' : '.part';
      return say(`payload${part}.${n.masked ? 'masked' : 'unmasked'}`, { length, whole, what });
    },
    bytes: (): string => say('bytes'),
    compressed: (n: { length: number }): string => say('compressed', n),
    inflated: (n: { length: number; message: number; inflated: number; what: string }): string =>
      say(n.length === n.message ? 'inflated' : 'inflated.last', n),
    inflatedBad: (n: { length: number }): string => say('inflatedBad', n),
    inflatedLimit: (n: { length: number }): string => say('inflatedLimit', n),
    inflatedUnknown: (n: { length: number }): string => say('inflatedUnknown', n),
    inflatedGuess: (n: { length: number; inflated: number; what: string }): string =>
      say('inflatedGuess', n),
    inflatedBegins: (n: { kept: number }): string => say('inflatedBegins', { kept: n.kept }),
    inflatedTextBegins: (n: { kept: number; shown: string }): string =>
      say('inflatedTextBegins', n),
    beyondWindow: (n: { farthest: number; bits: number; window: number }): string =>
      say('beyondWindow', n),
    text: (n: { characters: number; bytes: number; shown: string }): string => say('text', n),
    badText: (n: { at: number }): string => say('badText', n),
    close: (n: { code: number; name: string; who: string; reason: string }): string =>
      say('close', n),
    closeName: ({ code }: { code: number }): string => describeCloseCode(code, language),
    closeShort: (): string => say('closeShort'),
    noReason: (): string => say('noReason'),
    reason: (n: { shown: string }): string => say('reason', n),
    closeBoth: (): string => say('closeBoth'),
    closeClient: (): string => say('closeClient'),
    closeServer: (): string => say('closeServer'),
    closeNobody: (): string => say('closeNobody'),
    masking: (n: { length: number; key: string }): string => say('masking', n),
    maskedByte: (n: {
      from: number;
      key: number;
      index: number;
      to: number;
      sign: string | null;
    }): string =>
      say(n.sign === null ? 'maskedByte' : 'maskedByte.sign', {
        from: byte(n.from),
        key: byte(n.key),
        index: n.index,
        to: byte(n.to),
        sign: n.sign ?? '',
      }),
    character: (n: { shown: string; point: number; bytes: string; length: number }): string =>
      say('character', { ...n, point: n.point.toString(16).toUpperCase().padStart(4, '0') }),
    characterTail: (n: { shown: string; length: number; whole: number }): string =>
      say('characterTail', n),
    characterMiddle: (n: { length: number }): string => say('characterMiddle', n),
    notUtf8: (n: { value: number; length: number }): string =>
      say('notUtf8', { byte: byte(n.value), length: n.length }),
    closeCode: (n: {
      high: number;
      low: number;
      code: number;
      name: string;
      who: string;
    }): string => say('closeCode', { ...n, high: byte(n.high), low: byte(n.low) }),
    closeReason: (n: { characters: number; bytes: number; shown: string }): string =>
      say('closeReason', n),
    json: (n: { what: string }): string => say('json', n),
    jsonList: (n: { length: number }): string => say('jsonList', n),
    jsonText: (n: { shown: string }): string => say('jsonText', n),
    jsonOther: (n: { value: number | boolean | null }): string => String(n.value),
    jsonObject: ({ keys, more }: { keys: readonly string[]; more: number }): string => {
      if (keys.length === 0) return say('jsonObject.empty');
      return say(more > 0 ? 'jsonObject.more' : 'jsonObject', { keys, more });
    },
  };
}

function handshakeMeanings(say: MeaningsSay, language: Language) {
  return {
    requestLine: (n: { line: string }): string => say('requestLine', n),
    statusLine: ({ line, status }: { line: string; status: string }): string =>
      say(status === '101' ? 'statusLine' : 'statusLine.other', { line }),
    leadingLine: (): string => say('leadingLine'),
    emptyLine: (): string => say('emptyLine'),
    field: (n: { name: string; value: string }): string => say('field', n),
    line: (n: { text: string }): string => say('line', n),
    upgrade: (n: { value: string }): string => say('upgrade', n),
    connection: (n: { value: string }): string => say('connection', n),
    host: (n: { value: string }): string => say('host', n),
    keyField: ({ value, bytes }: { value: string; bytes: number | null }): string =>
      bytes === null ? say('keyField.bad', { value }) : say('keyField', { value, bytes }),
    version: (n: { value: string }): string => say('version', n),
    origin: (n: { value: string }): string => say('origin', n),
    extensions: ({ value, request }: { value: string; request: boolean }): string =>
      say(request ? 'extensions.offered' : 'extensions.agreed', { value }),
    protocol: ({ value, request }: { value: string; request: boolean }): string =>
      say(request ? 'protocol.offered' : 'protocol.chosen', { value }),
    acceptField: (n: { value: string; key: string | null; ok: boolean | null }): string => {
      const { value, key, ok } = n;
      if (key === null) return say('acceptField.unknown', { value });
      return say(ok ? 'acceptField.fits' : 'acceptField.wrong', { value, key });
    },
    concatenation: (n: { joined: string }): string => say('concatenation', n),
    sha1: (n: { hex: string }): string => say('sha1', n),
    base64: (n: { accept: string }): string => say('base64', n),
    refused: ({ reason, status }: { reason: string; status: number }): string =>
      say('refused', { reason: describeReason(reason, language), status }),
    wrongAnswer: ({ reason }: { reason: string }): string => describeReason(reason, language),
    noAccept: (): string => say('noAccept'),
    early: (): string => say('early'),
  };
}

function restMeanings(say: MeaningsSay) {
  return {
    restFrame: (n: { needs: number | string; least: boolean; what: string }): string => {
      const { needs, what } = n;
      const long = typeof needs === 'number' ? '' : '.long';
      return say(`restFrame${n.least ? '.least' : ''}${long}`, { needs, what });
    },
    restBegun: (n: { have: number }): string => say('restBegun', n),
    restOfHeader: (n: { have: number; field: string }): string => say('restOfHeader', n),
    restOfPayload: (n: { have: number; part: number; length: number | string }): string =>
      say('restOfPayload', n),
    restHandshake: (n: { have: number; needs: number }): string => say('restHandshake', n),
    restHead: (n: { have: number }): string => say('restHead', n),
    originalLogout: (n: { length: number }): string => say('originalLogout', n),
    originalRequest: (n: { key: string; whole: boolean; behind: number }): string => {
      const { key, behind } = n;
      if (!n.whole) return say('originalRequest.cut', { key });
      return behind === 0
        ? say('originalRequest', { key })
        : say('originalRequest.behind', { key, behind });
    },
    originalFrame: (n: { length: number; shown: string; understood: boolean }): string => {
      const { length, shown } = n;
      return say(n.understood ? 'originalFrame' : 'originalFrame.lost', { length, shown });
    },
  };
}

const ENGLISH = meaningsOf(sayIn(), DEFAULT_LANGUAGE);

/** A language: the same keys, and sentences made of the same numbers. */
export type Meanings = { readonly [Key in keyof typeof ENGLISH]: (typeof ENGLISH)[Key] };

/** English. */
export const MEANINGS: Meanings = ENGLISH;

const made = new Map<Language, Meanings>([[DEFAULT_LANGUAGE, MEANINGS]]);

/** The sentences of a language. @param language default English */
export function meaningsIn(language: Language = DEFAULT_LANGUAGE): Meanings {
  const known = made.get(language);
  if (known !== undefined) return known;
  const meanings = meaningsOf(sayIn(language), language);
  made.set(language, meanings);
  return meanings;
}
