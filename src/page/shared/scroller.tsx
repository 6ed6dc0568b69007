/**
 * A box that scrolls. The keyboard reaches it, as it must, and it says what is in it.
 * @module
 */

import type { ComponentChildren, JSX, RefObject } from 'preact';

/** What the box is. */
export interface ScrollerProps {
  /** For style sheets; `scroller` if nothing else. */
  class?: string;
  /** What is in it. */
  label: string;
  /** The element. */
  box?: RefObject<HTMLElement | null>;
  /** Called while it scrolls. */
  onScroll?: () => void;
  /** What is in it. */
  children: ComponentChildren;
}

/** The box. */
export function Scroller(props: ScrollerProps): JSX.Element {
  const { class: name = 'scroller', label, box, onScroll, children } = props;
  return (
    <section
      ref={box ?? null}
      class={name}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      onScroll={onScroll}
    >
      {children}
    </section>
  );
}
