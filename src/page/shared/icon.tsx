/**
 * The signs on the buttons, drawn in the colour of their letters. A button says its name itself.
 * @module
 */

import type { JSX } from 'preact';

const PATHS = {
  brand: 'M19.5 8.5a8 8 0 1 0 1 6M15 9h6V3M12 13h.01',
  home: 'M6 5v14M19 5L9 12l10 7z',
  back: 'M16 5L6 12l10 7z',
  play: 'M7 4l13 8-13 8z',
  pause: 'M8 5v14M16 5v14',
  next: 'M8 5l10 7-10 7z',
  turn: 'M4 5l8 7-8 7zM12 5l8 7-8 7z',
  end: 'M18 5v14M5 5l10 7-10 7z',
  presenter: 'M3 4h18v12H3zM12 16v5M8 21h8',
  keys: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  auto: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 3v18M15 5v14M18 7v10',
  closer: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5M8 11h6M11 8v6',
  farther: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5M8 11h6',
  whole: 'M3 5v14M21 5v14M7 12h10M10 9l-3 3 3 3M14 9l3 3-3 3',
  open: 'M3 6h6l2 2h10v11H3zM12 16v-5M9.5 13L12 10.5 14.5 13',
  save: 'M12 4v11M7 10.5l5 5 5-5M4 20h16',
  share:
    'M18 8a3 3 0 1 0-3-3M6 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M18 16a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8.7 10.6l6.6-3.8M8.7 13.4l6.6 4M15 5a3 3 0 0 0 3 3',
  close: 'M6 6l12 12M18 6L6 18',
} as const;

/** The name of a sign. */
export type IconName = keyof typeof PATHS;

/** Signs that are filled, as those of a player are. */
const FILLED = new Set<IconName>(['home', 'back', 'play', 'next', 'turn', 'end']);

/** A sign. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class={FILLED.has(name) ? 'icon filled' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
