/**
 * The button that offers the recordings of other servers. Their list comes with the script for them.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { describeError } from '../../texts/errors.js';
import { language } from '../language.js';
import { Dialog } from '../shared/dialog.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';
import { loadWatch, watchScript } from '../watch/load.js';

/** The button, and its dialog. */
export function GalleryButton({ session }: ViewProps): JSX.Element {
  const isOpen = useSignal(false);
  const open = async (): Promise<void> => {
    try {
      await loadWatch();
      isOpen.value = true;
    } catch (error) {
      const reason = describeError(error, language.value);
      session.notices.value = [say('strace.not-loaded', { reason })];
    }
  };
  const script = watchScript.value;
  return (
    <>
      <button type="button" class="gallery-button" onClick={() => void open()}>
        {say('gallery.open')}
      </button>
      {script !== null && (
        <Dialog isOpen={isOpen} title={say('gallery.title')} class="gallery-dialog">
          {() => (
            <script.Gallery
              session={session}
              onDone={() => {
                isOpen.value = false;
              }}
            />
          )}
        </Dialog>
      )}
    </>
  );
}
