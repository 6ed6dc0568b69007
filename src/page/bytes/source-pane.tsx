/**
 * The code that reads the byte one looks at: the line of the parser, or the PHP of the original. A line
 * of the parser leads to the bytes that it has read.
 * @module
 */

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { fileOf, type StepSource, sourceOf } from '../shared/highlight.js';
import { type LineLinks, Strip } from '../shared/strip.js';
import { say, type TextKey } from '../texts.js';
import type { ViewProps } from '../view.js';
import { bytesReadBy, fieldOfLine, isFieldName, PARSER_FILE, parserLine } from './parser-lines.js';
import type { BytesReading } from './state.js';

/** Bytes of a recv below which the original logs out: D01. */
const SHORT = 9;
/** Here is room for more than the call. */
const LINES = 11;

const NO_LINKS: LineLinks = {
  groupOf: () => null,
  keyLine: () => 0,
  go: () => undefined,
  label: () => '',
};

/** Of whoever reads. */
export function SourcePane({
  session,
  reading,
}: ViewProps & { reading: BytesReading }): JSX.Element {
  return (
    <div class="bytes-parser">
      {session.parameter('reader').value === 'original' ? (
        <Original reading={reading} />
      ) : (
        <Parser reading={reading} />
      )}
    </div>
  );
}

/** The PHP that reads the recv in which the byte lies. */
function Original({ reading }: { reading: BytesReading }): JSX.Element {
  const at = reading.at.value;
  const { original, handshakes } = reading.inspection.value;
  const isIn = ({ offset, length }: { offset: number; length: number }): boolean =>
    at >= offset && at < offset + length;
  const read = original.find(({ recv }) => isIn(recv));
  const isShort = (read?.recv.length ?? 0) < SHORT;
  const step = isShort ? 'disconnect' : handshakes.some(isIn) ? 'handshake' : 'parse';
  const source = read === undefined ? null : sourceOf(step, 'php');
  return (
    <Strip
      title={say('bytes.php')}
      at={source}
      note={source === null ? say('bytes.php.none') : ''}
      length={LINES}
      links={NO_LINKS}
    />
  );
}

function Parser({ reading }: { reading: BytesReading }): JSX.Element {
  const top = reading.node.value?.top ?? '';
  const at = useMemo(() => lineOf(top), [top]);
  const links = useMemo(() => linksOf(reading), [reading]);
  const none: TextKey = top === '' ? 'bytes.parser.none' : 'bytes.parser.handshake';
  return (
    <Strip
      title={say('bytes.parser')}
      at={at}
      note={at === null ? say(none) : ''}
      length={LINES}
      links={links}
    />
  );
}

function lineOf(field: string): StepSource | null {
  if (!isFieldName(field)) return null;
  const source = fileOf(PARSER_FILE);
  const line = parserLine(source, field);
  return { source, region: { name: field, from: line, to: line }, call: line };
}

function linksOf(reading: BytesReading): LineLinks {
  return {
    groupOf: (file, line) => {
      const field = fieldOfLine(file, line);
      return field === null ? null : { name: field, from: line, to: line };
    },
    keyLine: (_, { from }) => from,
    go: (_, _line, { name }) => {
      const { frames, rest } = reading.inspection.peek();
      const units = rest === null ? frames : [...frames, rest];
      const start = bytesReadBy(units, name, reading.at.peek());
      if (start !== null) reading.look(start);
    },
    label: (line) => say('bytes.parser.go', { line: String(line) }),
  };
}
