/**
 * What can be done to a socket on the stage, as a small menu at its pipe. Each choice forks the run.
 * @module
 */

import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Fd } from '../../net/net.js';
import {
  DELAY_MS,
  RETRANSMIT_MS,
  type Touch,
  type TouchKind,
  type TouchProblem,
  touchable,
} from '../../scenario/touch.js';
import type { PlayedRun } from '../mine/playing.js';
import { say, type TextKey } from '../texts.js';

/** A run that can be forked, and what does it; or why it cannot be. */
export type Forkable =
  | { readonly run: PlayedRun; readonly take: (touch: Touch) => void }
  | { readonly why: TextKey };

/** What was recorded, or is watched. */
export const RECORDED: Forkable = { why: 'touch.recorded' };
/** What is a fork already. */
export const FORKED: Forkable = { why: 'touch.forked' };

interface TouchMenuProps {
  /** What it opens at. */
  at: Element;
  fd: Fd;
  who: string;
  /** How many events lie behind. */
  position: number;
  forkable: Forkable;
  onDone: () => void;
}

/** The menu. Escape, or a click beside it, closes it. */
export function TouchMenu({
  at,
  fd,
  who,
  position,
  forkable,
  onDone,
}: TouchMenuProps): JSX.Element {
  const menu = useRef<HTMLDivElement>(null);
  const choices = choicesOf(forkable, position, fd);
  useLayoutEffect(() => {
    const element = menu.current;
    if (element === null) return undefined;
    element.showPopover();
    const follow = (): void => place(element, at.getBoundingClientRect());
    follow();
    (element.querySelector<HTMLElement>('button') ?? element).focus();
    addEventListener('scroll', follow, true);
    addEventListener('resize', follow);
    return () => {
      removeEventListener('scroll', follow, true);
      removeEventListener('resize', follow);
    };
  }, [at]);
  return (
    <div
      ref={menu}
      class="touch-menu"
      popover="auto"
      role="dialog"
      aria-labelledby="touch-title"
      tabIndex={-1}
      data-own-keys
      onBeforeToggle={(event) => {
        if (event.newState !== 'closed') return;
        at.closest<SVGElement>('[tabindex]')?.focus(); // where it came from
        onDone();
      }}
      onKeyDown={(event) => moveFocus(event)}
    >
      <p id="touch-title">{say('touch.title', { fd: String(fd), who })}</p>
      {typeof choices === 'string' ? (
        <p class="why">{say(choices)}</p>
      ) : (
        <ul>
          {choices.map(([kind, touch]) => (
            <li key={kind}>
              <Choice
                kind={kind}
                problem={typeof touch === 'string' ? touch : null}
                take={() => {
                  if (typeof touch === 'string' || !('take' in forkable)) return;
                  menu.current?.hidePopover();
                  forkable.take(touch);
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function choicesOf(
  forkable: Forkable,
  position: number,
  fd: Fd,
): [TouchKind, Touch | TouchProblem][] | TextKey {
  if ('why' in forkable) return forkable.why;
  const found = touchable(forkable.run, position, fd);
  return found === null ? 'touch.nobody' : [...found.touches];
}

interface ChoiceProps {
  kind: TouchKind;
  /** Why it cannot be; null where it can. */
  problem: TouchProblem | null;
  take: () => void;
}

function Choice({ kind, problem, take }: ChoiceProps): JSX.Element {
  const ms = kind === 'delay' ? DELAY_MS : RETRANSMIT_MS;
  return (
    <button type="button" class="quiet" aria-disabled={problem !== null} onClick={take}>
      {say(`touch.${kind}`, { ms })}
      {problem !== null && <small>{say(`touch.no.${problem}` as TextKey)}</small>}
    </button>
  );
}

/** Below what it belongs to, or above where there is no room. */
function place(menu: HTMLElement, at: DOMRect): void {
  const gap = 6;
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.max(gap, Math.min(at.left, innerWidth - width - gap));
  const below = at.bottom + gap;
  const top = below + height <= innerHeight - gap ? below : Math.max(gap, at.top - height - gap);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}

const WAYS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrows go from choice to choice, round and round. */
function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const way = WAYS[event.key];
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  if (way === undefined || buttons.length === 0) return;
  event.preventDefault();
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons.at((at + way) % buttons.length)?.focus();
}
