/**
 * Bytes in hex, and beside them as text. A letter can stand over each byte: what field it is of.
 * @module
 */

import type { JSX, RefObject } from 'preact';
import { memo } from 'preact/compat';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Letter, signOf } from '../../inspect/letters.js';
import { say } from '../texts.js';
import { Scroller } from './scroller.js';

/** Letters in a row of 16 bytes, and how wide a letter is, in em. */
const ROW_LETTERS = 74;
const LETTER_EM = 0.61;

/** What a dump is made of. */
export interface ByteDumpProps {
  /** The bytes. */
  bytes: Uint8Array;
  /** What they are, for who does not see them. */
  label: string;
  /** The letter of a byte; without it none has one. */
  letterOf?: ((offset: number) => Letter | null) | undefined;
  /** So many are drawn, and the rest is counted. */
  most?: number;
}

/** The dump: rows of 16, or of 8 where there is no room. */
export const ByteDump = memo(function ByteDump({
  bytes,
  label,
  letterOf = () => null,
  most = 512,
}: ByteDumpProps): JSX.Element {
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  const shown = Math.min(bytes.length, most);
  const rows = Math.ceil(shown / width);
  const offsets = Array.from({ length: shown }, (_, i) => i);
  return (
    <Scroller box={box} class="dump" label={label}>
      <table>
        <tbody>
          {Array.from({ length: rows }, (_, row) => {
            const part = offsets.slice(row * width, (row + 1) * width);
            return (
              <tr key={row}>
                <th scope="row">{(row * width).toString(16).padStart(4, '0')}</th>
                <td class="hex">
                  {part.map((at) => (
                    <Byte key={at} at={at} bytes={bytes} letter={letterOf(at)} />
                  ))}
                </td>
                <td class="text" aria-hidden="true">
                  {part.map((at) => signOf(bytes[at] ?? 0)).join('')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {bytes.length > shown && <p class="none">{say('dump.more', { n: bytes.length - shown })}</p>}
    </Scroller>
  );
});

/** 16 bytes in a row, or 8 where there is no room for them. */
function useWidth(box: RefObject<HTMLElement | null>): 8 | 16 {
  const [width, setWidth] = useState<8 | 16>(16);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      const letter = Number.parseFloat(getComputedStyle(element).fontSize) * LETTER_EM;
      setWidth(element.clientWidth < ROW_LETTERS * letter ? 8 : 16);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

function Byte({
  at,
  bytes,
  letter,
}: {
  at: number;
  bytes: Uint8Array;
  letter: Letter | null;
}): JSX.Element {
  const hex = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return <span class={letter === null ? 'byte' : `byte letter-${letter}`}>{hex}</span>;
}
