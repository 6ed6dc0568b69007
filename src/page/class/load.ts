/**
 * Loads the class's script where a class's room serves the page; no other page knows of it.
 * @module
 */

import { type ReadonlySignal, signal } from '@preact/signals';
import type { Session } from '../session.js';
import { loadChunk } from '../shared/chunk.js';
import { served } from '../shared/served.js';
import { say } from '../texts.js';
import type { ClassScript } from './script.js';

const script = signal<ClassScript | null>(null);
const isSought = signal(true);

/** What belongs to a class; null where there is none, or before its script has come. */
export const classScript: ReadonlySignal<ClassScript | null> = script;

/** Whether it is not known yet if there is a class. */
export const isAsking: ReadonlySignal<boolean> = isSought;

/** Asks once whether there is a class behind this page, and joins it. */
export async function joinClass(session: Session): Promise<void> {
  try {
    const about = mayBeOfClass(session) ? await served() : null;
    if (about === null || about.join === null) return;
    const loaded = await load();
    loaded.begin(session, about);
    script.value = loaded;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    session.notices.value = [...session.notices.value, say('class.not-loaded', { reason })];
  } finally {
    isSought.value = false;
  }
}

/** A host of files would note down that it has no server.json; our server has the page at its root, by http. */
function mayBeOfClass(session: Session): boolean {
  const { protocol, pathname } = location;
  const isAsked = ['class', 'desk'].includes(session.parameter('view').peek());
  return isAsked || (protocol === 'http:' && /^\/(index\.html)?$/.test(pathname));
}

async function load(): Promise<ClassScript> {
  if (import.meta.env.DEV) return (await import('./main.js')).script;
  return loadChunk<ClassScript>('class.js', 'loopscopeClass');
}
