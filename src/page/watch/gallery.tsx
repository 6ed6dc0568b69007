/**
 * The recordings of other servers that come with the page. Each is a link, so that it has an address.
 * @module
 */

import type { JSX } from 'preact';
import { TWO_LOOPS } from '../../scenario/shipped.js';
import { simulateTwoLoops } from '../../scenario/two-loops.js';
import { gallery } from '../../texts/gallery.en.js';
import { gallery as galleryZh } from '../../texts/gallery.zh.js';
import { speakers } from '../../texts/say.js';
import { GALLERY, type GalleryEntry } from '../../watch/gallery.js';
import { language } from '../language.js';
import { loadScript } from '../shared/chunk.js';
import { FILE_LANGUAGE } from '../shared/one-file.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';
import { tell } from './tell.js';
import type { ToldFile, World } from './told.js';

/** What one sees in each, by its name. */
const sayIn = speakers({ en: gallery, zh: galleryZh });

/** Where the scripts of the recordings leave them, by name. */
interface Kept {
  loopscopeRecordings?: Record<string, string>;
}

/** The list. */
export function Gallery({ session, onDone }: ViewProps & { onDone: () => void }): JSX.Element {
  const present = session.parameter('recording').value;
  const here = GALLERY.filter(({ name }) => FILE_LANGUAGE === null || isHere(name));
  const about = sayIn(language.value);
  return (
    <>
      <p>{say('gallery.about')}</p>
      <ul class="gallery">
        {here.map(({ name, server, variant }) => (
          <li key={name}>
            <a
              href={session.addressWith({
                view: 'loop',
                recording: name,
                loop: '0',
                step: '1',
                fork: '',
              })}
              aria-current={name === present ? 'true' : undefined}
              onClick={onDone}
            >
              <b>{server}</b> <i>{say(`gallery.${variant}`)}</i> <span>{about(name)}</span>
            </a>
          </li>
        ))}
      </ul>
      {here.length < GALLERY.length && (
        <p class="gallery-rest">{say('gallery.rest', { n: GALLERY.length - here.length })}</p>
      )}
    </>
  );
}

/** Tells one of them, or plays a world; null for a name that none has. @throws Error where its script is missing */
export async function tellRecording(
  name: string,
  { seed, rules }: World,
): Promise<(ToldFile & { title: string }) | null> {
  if (name === TWO_LOOPS) {
    const { traces } = await simulateTwoLoops(seed, rules);
    return { loops: traces, busiest: 1, notes: [], title: name };
  }
  const entry = GALLERY.find((one) => one.name === name);
  if (entry === undefined) return null;
  if (!isHere(name)) await loadScript(`recordings/${name}.js`);
  const text = (globalThis as Kept).loopscopeRecordings?.[name] ?? '';
  const told = await tell(new Blob([text]), { name: entry.server, onRead: () => true });
  return told && { ...told, title: titleOf(entry) };
}

function titleOf({ server, variant }: GalleryEntry): string {
  return variant === 'chat'
    ? server
    : say('gallery.named', { server, what: say(`gallery.${variant}`) });
}

function isHere(name: string): boolean {
  return Object.hasOwn((globalThis as Kept).loopscopeRecordings ?? {}, name);
}
