/**
 * The editor: CodeMirror, with TypeScript coloured and what is wrong said at its line. It stands in a
 * shadow root, whose style sheets it makes without a `<style>`: the page's rules forbid those.
 *
 * Tab goes on to what comes next, as anywhere, until somebody writes in it or clicks into it: then it
 * indents, and Escape and then Tab leaves.
 * @module
 */

import {
  defaultKeymap,
  history,
  historyKeymap,
  indentLess,
  indentMore,
} from '@codemirror/commands';
import { typescriptLanguage } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  WidgetType,
} from '@codemirror/view';
import type { Editor, EditorOptions, LineProblem } from '../course/editing.js';
import { editorLook } from './editor-look.js';

/** Says what is wrong from now on; null for nothing. */
const setProblem = StateEffect.define<LineProblem | null>();

/** The message below its line; a person may have deleted that line meanwhile, and then it goes too. */
const problems = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { changes, effects, state }) {
    for (const effect of effects) {
      if (effect.is(setProblem)) return decorations(state, effect.value);
    }
    return shown.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

class Message extends WidgetType {
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  override eq(other: WidgetType): boolean {
    return other instanceof Message && other.#text === this.#text;
  }

  override toDOM(): HTMLElement {
    const box = document.createElement('div');
    box.className = 'cm-problem';
    box.textContent = this.#text;
    return box;
  }
}

function decorations({ doc }: EditorState, problem: LineProblem | null): DecorationSet {
  if (problem === null || problem.line > doc.lines) return Decoration.none;
  const { from, to, length } = doc.line(problem.line);
  const at = Math.min(from + (problem.column ?? 1) - 1, to);
  const ranges = [Decoration.line({ class: 'cm-wrong' }).range(from)];
  if (problem.column !== null && at < to) {
    ranges.push(
      Decoration.mark({ class: 'cm-wrong-at' }).range(at, Math.min(at + 1, from + length)),
    );
  }
  const widget = new Message(problem.message);
  ranges.push(Decoration.widget({ widget, block: true, side: 1 }).range(to));
  return Decoration.set(ranges);
}

/** What is typed over a selection: a browser would keep its colours with a `style`, which the page's rules forbid. */
function replaceSelection({ inputType, data }: InputEvent, view: EditorView): boolean {
  const { state, composing } = view;
  if (inputType !== 'insertText' || data === null || composing) return false;
  if (state.selection.main.empty) return false;
  view.dispatch(state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
  return true;
}

/** An editor in an element. */
export class CodeEditor implements Editor {
  readonly #view: EditorView;

  /** @param host an element of its own, in which it makes a shadow root */
  constructor(host: HTMLElement, { text, label, onChange, onCheck }: EditorOptions) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    let isWriting = false;
    const check = (): boolean => {
      onCheck();
      return true;
    };
    const state = EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of('  '),
        bracketMatching(),
        highlightActiveLine(),
        typescriptLanguage,
        keymap.of([
          { key: 'Mod-Enter', run: check, preventDefault: true },
          { key: 'Tab', run: (view) => isWriting && indentMore(view) },
          { key: 'Shift-Tab', run: (view) => isWriting && indentLess(view) },
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': label,
          spellcheck: 'false',
          tabindex: '0',
        }),
        EditorView.updateListener.of(({ docChanged, view, state: { doc } }) => {
          if (!docChanged) return;
          isWriting ||= view.hasFocus;
          onChange(doc.toString());
        }),
        EditorView.domEventHandlers({
          beforeinput: replaceSelection,
          mousedown: () => {
            isWriting = true;
          },
          blur: () => {
            isWriting = false;
          },
        }),
        problems,
        editorLook,
      ],
    });
    this.#view = new EditorView({ state, parent: root, root });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  set text(text: string) {
    if (text === this.text) return;
    const { length } = this.#view.state.doc;
    this.#view.dispatch({
      changes: { from: 0, to: length, insert: text },
      selection: { anchor: 0 },
      effects: setProblem.of(null),
    });
  }

  show(problem: LineProblem | null): void {
    const { doc } = this.#view.state;
    const isThere = problem !== null && problem.line <= doc.lines;
    this.#view.dispatch({
      effects: [
        setProblem.of(problem),
        ...(isThere
          ? [EditorView.scrollIntoView(doc.line(problem.line).from, { y: 'center' })]
          : []),
      ],
    });
  }

  goTo(line: number, column = 1): void {
    const { doc } = this.#view.state;
    const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
    const anchor = Math.min(from + column - 1, to);
    this.#view.dispatch({ selection: { anchor }, scrollIntoView: true });
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }
}
