/**
 * How the editor looks: the page's own colours and letters, which reach into its shadow root.
 * @module
 */

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null, tags.self], color: 'var(--word-keyword)' },
  { tag: tags.comment, color: 'var(--word-comment)', fontStyle: 'italic' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--word-string)' },
  { tag: tags.number, color: 'var(--word-number)' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName)],
    color: 'var(--word-function)',
  },
  { tag: [tags.typeName, tags.className], color: 'var(--word-type)' },
]);

const look = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--pane)', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'var(--code) / 1.5 var(--mono)', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', tabSize: '2' },
  '.cm-cursor, .cm-dropCursor': { borderLeft: '2px solid var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--pane)',
    color: 'var(--soft)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--raised) 50%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { background: 'var(--accent-ground)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--mark)', outline: 'none' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--red-ground)' },
  '.cm-wrong': { backgroundColor: 'var(--red-ground)' },
  '.cm-wrong-at': { borderBottom: '2px solid var(--red)' },
  '.cm-problem': {
    padding: '0.125rem 0.75rem 0.25rem',
    borderLeft: '4px solid var(--red)',
    backgroundColor: 'var(--red-ground)',
    color: 'var(--red)',
    font: 'var(--small) / 1.4 var(--sans)',
    whiteSpace: 'normal',
  },
});

/** The look. */
export const editorLook: Extension = [syntaxHighlighting(colours), look];
