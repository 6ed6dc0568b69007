/**
 * The tree of fields as the rows that are seen: what is folded away is left out.
 * @module
 */

import { runsOf } from '../../inspect/letters.js';
import type { ByteUnit, FieldNode, Range } from './fields.js';

/** A row of the tree. */
export interface TreeRow extends Range {
  /** The same for the same bytes; a field's own id where the row is a field. */
  readonly id: string;
  /** From 1. */
  readonly level: number;
  /** The id of the row that it lies in; null at the top. */
  readonly parent: string | null;
  /** Whether what lies in it is seen; null where nothing does. */
  readonly isOpen: boolean | null;
  /** What it is: a frame and the like, a field, or several parts with one name. */
  readonly content:
    | { readonly unit: ByteUnit }
    | { readonly field: FieldNode }
    | { readonly run: readonly FieldNode[] };
}

/** So many parts with one name are seen without being asked for. */
const FEW = 8;

/**
 * The rows.
 *
 * @param turned what a person has opened (true) or closed (false), by the ids of rows
 * @param chosen the id of a field that must be seen
 */
export function treeRows(
  units: readonly ByteUnit[],
  turned: ReadonlyMap<string, boolean>,
  chosen: string | null,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const isOn = (id: string, otherwise: boolean): boolean => turned.get(id) ?? otherwise;
  const add = (nodes: readonly FieldNode[], level: number, parent: string): void => {
    for (const run of runsOf(nodes, ({ field }) => field)) {
      const [first] = run as [FieldNode];
      if (run.length === 1 || level <= 2) {
        for (const node of run) addField(node, level, parent);
        continue;
      }
      const id = `${parent}/${first.id}`;
      const isOpen = isOn(id, run.length <= FEW || holdsChosen(run, chosen));
      const end = run.at(-1)?.end ?? first.end;
      rows.push({ id, level, parent, isOpen, start: first.start, end, content: { run } });
      if (isOpen) for (const node of run) addField(node, level + 1, id);
    }
  };
  const addField = (field: FieldNode, level: number, parent: string): void => {
    const { id, start, end, parts } = field;
    const isOpen = parts.length === 0 ? null : isOn(id, level <= 2 || holdsChosen(parts, chosen));
    rows.push({ id, level, parent, isOpen, start, end, content: { field } });
    if (isOpen === true) add(parts, level + 1, id);
  };
  for (const unit of units) {
    const id = `u${unit.start}${unit.kind}`;
    const isOpen = isOn(id, true);
    const { start, end } = unit;
    rows.push({ id, level: 1, parent: null, isOpen, start, end, content: { unit } });
    if (isOpen) add(unit.fields, 2, id);
  }
  return rows;
}

/** Where a key of the keyboard leads in the tree. */
export type TreeMove =
  | { readonly go: string }
  | { readonly turn: string; readonly isOpen: boolean };

/** What a key does at a row, as trees do everywhere; null for nothing. */
export function treeMove(rows: readonly TreeRow[], id: string, key: string): TreeMove | null {
  const at = rows.findIndex((row) => row.id === id);
  const row = rows[at];
  if (row === undefined) return null;
  const to = (index: number): TreeMove | null => {
    const other = rows[index];
    return other === undefined ? null : { go: other.id };
  };
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      if (row.isOpen === false) return { turn: id, isOpen: true };
      return row.isOpen === true ? to(at + 1) : null;
    case 'ArrowLeft':
      if (row.isOpen === true) return { turn: id, isOpen: false };
      return row.parent === null ? null : { go: row.parent };
    default:
      return null;
  }
}

function holdsChosen(nodes: readonly FieldNode[], chosen: string | null): boolean {
  return chosen !== null && nodes.some(({ id }) => chosen === id || chosen.startsWith(`${id}.`));
}
