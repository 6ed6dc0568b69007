/**
 * The place for a stranger's figures and findings: their script is loaded with the first such loop.
 * @module
 */

import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Walk } from '../walk/walk.js';
import { loadWatch, watchScript } from '../watch/load.js';

/** The pane; nothing before its script has come, or where that is missing. */
export function FiguresPane({ walk }: { walk: Walk }): JSX.Element | null {
  useEffect(() => {
    loadWatch().catch(() => {}); // who opened what needs it was told
  }, []);
  const script = watchScript.value;
  return script === null ? null : <script.Figures walk={walk} />;
}
