/**
 * The tree of fields beside the bytes: each with its range and its meaning. Who looks at a field
 * looks at its bytes.
 * @module
 */

import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { timeWords, wordsIn } from '../../inspect/words.js';
import { language } from '../language.js';
import { say } from '../texts.js';
import type { ByteUnit, FieldNode, Range } from './fields.js';
import { rangeWithLength, rangeWords } from './range-words.js';
import type { BytesReading } from './state.js';
import { type TreeRow, treeMove } from './tree.js';

/** The tree. */
export function FieldTree({ reading }: { reading: BytesReading }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const rows = reading.rows.value;
  const chosen = rowOf(rows, reading.node.value);
  useLayoutEffect(() => {
    const row = box.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!box.current || !row) return;
    const isFocused = box.current.contains(document.activeElement);
    if (isFocused && document.activeElement?.getAttribute('role') === 'treeitem') {
      row.focus({ preventScroll: true });
    }
    // not scrollIntoView: that would move the page too
    const [top, bottom] = [row.offsetTop, row.offsetTop + row.offsetHeight];
    const { scrollTop, clientHeight } = box.current;
    if (top < scrollTop) box.current.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) {
      box.current.scrollTop = Math.min(top, bottom - clientHeight);
    }
  }, [chosen]);
  if (rows.length === 0) return <p class="none">{say('bytes.fields.none')}</p>;
  const go = (id: string): void => {
    const row = rows.find((one) => one.id === id);
    if (row !== undefined) lookAt(reading, row);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithMouseEvents: the focus marks what the mouse marks
    <div
      ref={box}
      class="tree"
      role="tree"
      aria-label={say('bytes.fields')}
      data-own-keys
      onKeyDown={(event) => {
        const id = idOf(event);
        const move = id === null ? null : treeMove(rows, id, event.key);
        if (event.ctrlKey || event.altKey || event.metaKey || move === null) return;
        event.preventDefault();
        if ('turn' in move) reading.turn(move.turn, move.isOpen);
        else {
          go(move.go);
          const items = box.current?.querySelectorAll<HTMLElement>('[role="treeitem"]') ?? [];
          [...items].find((item) => item.dataset.id === move.go)?.focus();
        }
      }}
      onMouseOver={(event) => {
        const id = idOf(event);
        reading.hovered.value = rows.find((row) => row.id === id) ?? null;
      }}
      onMouseLeave={() => {
        reading.hovered.value = null;
      }}
    >
      {rows.map((row) => (
        <Row
          key={row.id}
          row={row}
          isChosen={row.id === chosen}
          isHovered={isSame(reading.hovered.value, row)}
          onChoose={() => lookAt(reading, row)}
          onTurn={() => reading.turn(row.id, row.isOpen === false)}
        />
      ))}
    </div>
  );
}

/** The row of a field, or the closed one that it lies in. */
function rowOf(rows: readonly TreeRow[], node: FieldNode | null): string | null {
  if (node === null) return rows[0]?.id ?? null;
  let found: TreeRow | undefined;
  for (const row of rows) {
    if ('field' in row.content && row.id === node.id) return row.id;
    if (row.start <= node.start && row.end >= node.end) found = row;
  }
  return found?.id ?? null;
}

function lookAt(reading: BytesReading, { content }: TreeRow): void {
  if ('field' in content) reading.pick(content.field);
  else if ('unit' in content)
    reading.look(Math.max(content.unit.start, reading.window.value.start));
  else if (content.run[0] !== undefined) reading.pick(content.run[0]);
}

function isSame(range: Range | null, row: TreeRow): boolean {
  return range !== null && range.start === row.start && range.end === row.end;
}

function idOf({ target }: Event): string | null {
  return target instanceof Element
    ? (target.closest<HTMLElement>('[role="treeitem"]')?.dataset.id ?? null)
    : null;
}

interface RowProps {
  row: TreeRow;
  isChosen: boolean;
  isHovered: boolean;
  onChoose: () => void;
  onTurn: () => void;
}

function Row({ row, isChosen, isHovered, onChoose, onTurn }: RowProps): JSX.Element {
  const { id, level, isOpen, content } = row;
  const problems = 'unit' in content ? content.unit.problems : [];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    <div
      class={`tree-row level-${Math.min(level, 6)}${isHovered ? ' hovered' : ''}`}
      role="treeitem"
      data-id={id}
      tabIndex={isChosen ? 0 : -1}
      aria-level={level}
      aria-selected={isChosen}
      aria-expanded={isOpen ?? undefined}
      onClick={onChoose}
    >
      <span
        class="tree-turn"
        aria-hidden="true"
        onClick={(event) => {
          if (isOpen === null) return;
          event.stopPropagation();
          onTurn();
        }}
      >
        {isOpen === null ? '' : isOpen ? '▾' : '▸'}
      </span>
      <span class="tree-says">
        {'unit' in content && <UnitLine unit={content.unit} />}
        {'field' in content && <FieldLine field={content.field} level={level} />}
        {'run' in content && (
          <span class="tree-run">
            {say('bytes.run', { field: content.run[0]?.field ?? '', n: content.run.length })}
          </span>
        )}
        {problems.map(({ code, message, section, closeCode }) => (
          <span key={code} class="tree-problem">
            <b aria-hidden="true">!</b> {say('bytes.problem', { message, section })}
            {closeCode !== null &&
              ` ${say('bytes.problem.close', { closeCode: String(closeCode) })}`}
          </span>
        ))}
      </span>
    </div>
  );
}

function UnitLine({ unit }: { unit: ByteUnit }): JSX.Element {
  const { kind, name, time } = unit;
  return (
    <>
      <b class="tree-unit">{say(`bytes.unit.${kind}`, { name })}</b>{' '}
      <span class="tree-range">{rangeWithLength(unit)}</span>
      {kind === 'rest' && <span class="tree-meaning">{name}</span>}
      {time !== undefined && (
        <span class="tree-meaning">{timeWords(time, wordsIn(language.value))}</span>
      )}
    </>
  );
}

function FieldLine({ field, level }: { field: FieldNode; level: number }): JSX.Element {
  const { letter, section, meaning } = field;
  return (
    <>
      {level === 2 && (
        <b class={`letter letter-${letter}`} aria-hidden="true">
          {letter}
        </b>
      )}{' '}
      <span class="tree-name">{field.field}</span>{' '}
      <span class="tree-range">{rangeWords(field)}</span>
      {level === 2 && (
        <span class="tree-section">
          {/^\d/.test(section) ? say('bytes.section', { section }) : section}
        </span>
      )}
      <span class="tree-meaning">{meaning}</span>
    </>
  );
}
