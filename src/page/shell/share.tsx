/**
 * Shares what is seen: one address, to be copied, and as a QR code for a telephone.
 * @module
 */

import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import encodeQR from 'qr';
import { Dialog } from '../shared/dialog.js';
import { say, type TextKey } from '../texts.js';
import type { ViewProps } from '../view.js';

/** The dialog. */
export function ShareDialog({
  session,
  isOpen,
}: ViewProps & { isOpen: Signal<boolean> }): JSX.Element {
  return (
    <Dialog isOpen={isOpen} title={say('share.title')} class="share">
      {() => <Share session={session} />}
    </Dialog>
  );
}

function Share({ session }: ViewProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const isCopied = useSignal(false);
  const url = location.href.replace(/#.*$/s, '') + session.address.value;
  const limits = limitsOf(session.holdsFile, location);
  const code = useMemo(() => qrPath(url), [url]);
  const copy = async (): Promise<void> => {
    isCopied.value = await copyText(url, field.current);
  };
  return (
    <>
      <span class="share-address">
        <input
          ref={field}
          type="text"
          readOnly
          value={url}
          aria-label={say('share.address')}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" class="main" onClick={() => void copy()}>
          {say('share.copy')}
        </button>
      </span>
      <p role="status">{isCopied.value ? say('share.copied') : ''}</p>
      {limits.map((key) => (
        <p key={key}>{say(key)}</p>
      ))}
      {code === null ? (
        <p>{say('share.long')}</p>
      ) : (
        <svg
          class="share-code"
          viewBox={`0 0 ${code.size} ${code.size}`}
          role="img"
          aria-label={say('share.code')}
        >
          <rect width={code.size} height={code.size} />
          <path d={code.path} />
        </svg>
      )}
    </>
  );
}

/** What whoever opens the address will miss. */
export function limitsOf(
  holdsFile: boolean,
  { protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>,
): TextKey[] {
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return [
    ...(holdsFile ? (['share.file'] as const) : []),
    ...(protocol === 'file:' ? (['share.disk'] as const) : isHere ? (['share.here'] as const) : []),
  ];
}

/** A QR code as one path; null for what is too long for one. */
export function qrPath(text: string): { size: number; path: string } | null {
  try {
    const rows = encodeQR(text, 'raw', { ecc: 'low' });
    const squares = rows.flatMap((row, y) =>
      row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
    );
    return { size: rows.length, path: squares.join('') };
  } catch {
    return null;
  }
}

/** A page that was not served over TLS has no clipboard of its own, and copies what is selected. */
async function copyText(text: string, field: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.select();
    return document.execCommand('copy');
  }
}
