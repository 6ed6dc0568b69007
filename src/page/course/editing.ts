/**
 * What an editor is for the page's views: the library behind it is in the course's script.
 * @module
 */

/** What is wrong with a line. */
export interface LineProblem {
  /** From 1. */
  readonly line: number;
  /** From 1; null where it is the whole line. */
  readonly column: number | null;
  /** What to say of it. */
  readonly message: string;
}

/** What an editor begins with. */
export interface EditorOptions {
  readonly text: string;
  /** What it is called for who does not see it, and how it is left. */
  readonly label: string;
  /** Called with the text after each change. */
  readonly onChange: (text: string) => void;
  /** Called for Ctrl-Enter, or Command-Enter. */
  readonly onCheck: () => void;
}

/** An editor that is open. */
export interface Editor {
  /** What stands in it. Another text can be put there, which can be undone. */
  text: string;
  /** Says what is wrong at its line, and shows the line; null takes it away. */
  show(problem: LineProblem | null): void;
  /** Puts the cursor at a line, from 1. */
  goTo(line: number, column?: number): void;
  /** Takes it out of the page. */
  destroy(): void;
}
