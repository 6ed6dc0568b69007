/**
 * The controls of the Bytes view: which bytes, who sent them, who reads them, and the way back.
 * @module
 */

import type { JSX } from 'preact';
import { BYTE_EXAMPLES } from '../shared/byte-examples.js';
import { KEPT } from '../shared/hex-parameter.js';
import { PasteBytes } from '../shared/paste-bytes.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';
import { openFile } from './open-file.js';
import type { BytesReading } from './state.js';

/** Who can read the bytes. */
export const READERS = ['rfc6455', 'original'] as const;

/** The controls. */
export function BytesTools({
  session,
  reading,
}: ViewProps & { reading: BytesReading }): JSX.Element {
  const bytes = session.parameter('bytes').value;
  const role = session.parameter('role');
  const reader = session.parameter('reader');
  const { canUndo, canRedo } = reading.editor;
  const isExample =
    reading.streams.value.length === 0 && BYTE_EXAMPLES.some(({ hex }) => hex === bytes);
  return (
    <div class="bytes-tools">
      <label>
        <span>{say('bytes.example')}</span>
        <select
          value={isExample ? bytes : ''}
          onChange={(event) => {
            const example = BYTE_EXAMPLES.find(({ hex }) => hex === event.currentTarget.value);
            if (example !== undefined) reading.openHex(example.hex);
          }}
        >
          {!isExample && <option value="">{say('bytes.example.own')}</option>}
          {BYTE_EXAMPLES.map(({ title, hex }) => (
            <option key={title} value={hex}>
              {say(title)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{say('bytes.role')}</span>
        <select
          value={role.value}
          onChange={(event) => {
            role.value = event.currentTarget.value;
          }}
        >
          {(['auto', 'client', 'server'] as const).map((one) => (
            <option key={one} value={one}>
              {say(`bytes.role.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <span class="bytes-reader" role="group" aria-label={say('bytes.reader')}>
        <span aria-hidden="true">{say('bytes.reader')}</span>
        {READERS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={reader.value === one}
            onClick={() => {
              reader.value = one;
            }}
          >
            {say(`bytes.reader.${one}`)}
          </button>
        ))}
      </span>
      <span class="bytes-undo">
        <button type="button" aria-disabled={!canUndo.value} onClick={() => reading.undo()}>
          {say('bytes.undo')}
        </button>
        <button type="button" aria-disabled={!canRedo.value} onClick={() => reading.redo()}>
          {say('bytes.redo')}
        </button>
        {bytes !== KEPT && (
          <a href={session.addressWith({ view: 'cuts', stream: bytes, client: '' })}>
            {say('bytes.cut')}
          </a>
        )}
      </span>
      <Open session={session} reading={reading} />
    </div>
  );
}

function Open({ session, reading }: ViewProps & { reading: BytesReading }): JSX.Element {
  const streams = reading.streams.value;
  return (
    <>
      <PasteBytes title={say('paste.title')} onRead={(read) => reading.openPasted(read)}>
        <label class="paste-file">
          <input
            type="file"
            class="unseen"
            onChange={(event) => {
              const input = event.currentTarget;
              const [file] = input.files ?? [];
              if (file !== undefined) void openFile(file, reading, session);
              input.value = '';
            }}
          />
          <span>{say('paste.open')}</span>
        </label>
        <span class="paste-hint">{say('paste.hint')}</span>
      </PasteBytes>
      {streams.length > 0 && (
        <label class="bytes-stream">
          <span>{say('bytes.stream')}</span>
          <select
            value={String(reading.stream.value)}
            onChange={(event) => reading.choose(Number(event.currentTarget.value))}
          >
            {streams.map(({ name }, i) => (
              <option key={name} value={String(i)}>
                {name === '' ? say('bytes.stream.only') : name}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
