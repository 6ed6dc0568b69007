/**
 * How a command ends when it cannot do what was asked: one line, one exit code, no stack.
 * @module
 */

/** A reason for a person. Exit code 1: it failed; 2: it was called wrongly. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
