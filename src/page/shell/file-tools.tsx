/**
 * What stands everywhere: open a file, save what is seen, share the address.
 * @module
 */

import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Dialog } from '../shared/dialog.js';
import { download } from '../shared/download.js';
import { FilePicker } from '../shared/file-picker.js';
import { Icon } from '../shared/icon.js';
import { walkSavings } from '../shared/savings.js';
import { say } from '../texts.js';
import type { Saving, ViewProps } from '../view.js';
import { openFile } from './open.js';
import { ShareDialog } from './share.js';
import { placeOf } from './views.js';

/** The three. */
export function FileTools({ session }: ViewProps): JSX.Element {
  const isSaving = useSignal(false);
  const isSharing = useSignal(false);
  return (
    <span class="file-tools">
      <FilePicker
        label={say('file.open')}
        icon="open"
        accept=""
        onOpen={(file) => void openFile(file, session)}
      />
      <Tool icon="save" name={say('file.save')} isOpen={isSaving} />
      <Tool icon="share" name={say('file.share')} isOpen={isSharing} />
      <Dialog isOpen={isSaving} title={say('save.title')} class="save">
        {() => (
          <Savings
            session={session}
            onDone={() => {
              isSaving.value = false;
            }}
          />
        )}
      </Dialog>
      <ShareDialog session={session} isOpen={isSharing} />
    </span>
  );
}

function Tool({
  icon,
  name,
  isOpen,
}: {
  icon: 'save' | 'share';
  name: string;
  isOpen: Signal<boolean>;
}): JSX.Element {
  return (
    <button
      type="button"
      class={`quiet ${icon}-button`}
      title={name}
      aria-label={name}
      onClick={() => {
        isOpen.value = true;
      }}
    >
      <Icon name={icon} />
      <span class="tool-name">{name}</span>
    </button>
  );
}

function Savings({ session, onDone }: ViewProps & { onDone: () => void }): JSX.Element {
  const { view } = placeOf(session.parameter('view').value);
  const savings =
    view.saves?.(session) ?? walkSavings(session.walk, session.runName.value, session.maker.value);
  const save = async ({ name, make }: Saving): Promise<void> => {
    onDone();
    try {
      download(name, await make());
    } catch (error) {
      session.notices.value = [say('save.failed', { name, reason: (error as Error).message })];
    }
  };
  if (savings.length === 0) return <p>{say('save.none')}</p>;
  return (
    <ul class="savings">
      {savings.map((saving) => (
        <li key={saving.name}>
          <button type="button" onClick={() => void save(saving)}>
            {say(saving.label)}
          </button>
          <code>{saving.name}</code>
        </li>
      ))}
    </ul>
  );
}
