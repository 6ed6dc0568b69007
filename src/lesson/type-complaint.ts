/**
 * What the compiler complains about, in one line for a learner: what is not there and what is instead,
 * or which type was given and which is wanted. Of other complaints, the compiler's own first line.
 * @module
 */

import type ts from 'typescript';
import type { Sayable } from '../texts/say.js';
import type { TextKey } from './texts.js';

/** A place in the student's file and what is wrong there. */
export interface Complaint {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** What is said. */
  readonly key: TextKey;
  /** What stands in it. */
  readonly values: Sayable;
}

/** Most names of a type that are told. */
const MOST_NAMES = 12;
/** Most members of a union that are told. */
const MOST_MEMBERS = 4;

/** A property that is not there; one of a literal that may not be there. */
const NO_PROPERTY = [2339, 2551, 2353, 2561];
/** A name that is not there; an export that is not. */
const NO_NAME = [2304, 2552, 2305, 2724];
/** A value of another type: an argument, whatever else. */
const OTHER_TYPE = [2345, 2322];

/** How little a complaint is likely to tell: 0, 1 or 2. */
export function rankOf({ code }: ts.Diagnostic): number {
  if ([...NO_PROPERTY, ...NO_NAME].includes(code)) return 0;
  return OTHER_TYPE.includes(code) ? 1 : 2;
}

/** What a complaint says, without its place. */
type Said = Pick<Complaint, 'key' | 'values'>;

/** Says what the compiler means. */
export class Explainer {
  readonly #compiler: typeof ts;
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #file: ts.SourceFile;

  /** @param file the student's, a file of the program */
  constructor(compiler: typeof ts, program: ts.Program, file: ts.SourceFile) {
    this.#compiler = compiler;
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#file = file;
  }

  /** A complaint about a place in the file. */
  explain({ code, start = 0, messageText }: ts.Diagnostic): Complaint {
    const { line, character } = this.#file.getLineAndCharacterOfPosition(start);
    const whole = this.#compiler.flattenDiagnosticMessageText(messageText, '\n');
    const [message = ''] = whole.split('\n');
    const said = NO_PROPERTY.includes(code)
      ? this.#noProperty(start, message)
      : fromMessage(code, message);
    return { line: line + 1, column: character + 1, ...said };
  }

  #noProperty(start: number, message: string): Said {
    const [name, inMessage] = quoted(message);
    const { type: whole, text } = this.#ownerAt(start);
    const members = whole?.isUnion() ? whole.types : [];
    const some = members.filter((one) => this.#checker.getPropertyOfType(one, name) !== undefined);
    if (some.length > 0) return this.#notEvery(name, inMessage, some);
    // a literal's type is one of the union that is wanted: the compiler has found out which
    const type =
      members.length === 0 ? whole : members.find((one) => this.#nameOf(one) === inMessage);
    const called = type === undefined ? inMessage : this.#nameOf(type);
    const isNameless = /^(\{|typeof )/.test(called);
    const values = { name, type: isNameless ? (text ?? '') : called };
    const isWanted = isNameless && text === null;
    const there = type === undefined ? [] : this.#namesIn(type);
    if (there.length > 0 && there.length <= MOST_NAMES) {
      const list = there.map((one) => `\`${one}\``);
      const key = isWanted ? 'types.wanted.there' : 'types.noProperty.there';
      return { key, values: { ...values, there: list } };
    }
    return mayMean(isWanted ? 'types.wanted' : 'types.noProperty', message, values);
  }

  #notEvery(name: string, type: string, having: readonly ts.Type[]): Said {
    if (having.length > MOST_MEMBERS) return { key: 'types.notEvery', values: { type, name } };
    const some = having.map((one) => this.#nameOf(one));
    return { key: 'types.notEvery.only', values: { type, name, some } };
  }

  /** Whose property stands at a place: the type, and how the student calls it; null for what is wanted there. */
  #ownerAt(start: number): { type: ts.Type | undefined; text: string | null } {
    const { parent } = innermost(this.#compiler, this.#file, start);
    if (this.#compiler.isPropertyAccessExpression(parent)) {
      const { expression } = parent;
      const type = this.#checker.getTypeAtLocation(expression);
      return { type: this.#checker.getNonNullableType(type), text: expression.getText() };
    }
    const literal = parent?.parent;
    if (literal !== undefined && this.#compiler.isObjectLiteralExpression(literal)) {
      return { type: this.#checker.getContextualType(literal), text: null };
    }
    return { type: undefined, text: 'this' };
  }

  /** An event is a stamp and a step; what it is, its step says. */
  #nameOf(type: ts.Type): string {
    const [part, ...others] = type.isIntersection()
      ? type.types.filter((one) => !isStamp(one))
      : [];
    return this.#checker.typeToString(part !== undefined && others.length === 0 ? part : type);
  }

  /** Its properties, but not what the language or Node brings, and not what tells one event from another. */
  #namesIn(type: ts.Type): string[] {
    const parts = type.isIntersection() ? type.types : [type];
    const stamps = parts.filter(isStamp).flatMap((one) => this.#checker.getPropertiesOfType(one));
    const left = ['step', ...stamps.map(({ name }) => name)];
    return this.#checker
      .getPropertiesOfType(type)
      .filter(({ declarations = [] }) => !declarations.some((one) => this.#isForeign(one)))
      .map(({ name }) => name)
      .filter((name) => !left.includes(name));
  }

  #isForeign(declaration: ts.Declaration): boolean {
    const file = declaration.getSourceFile();
    return this.#program.isSourceFileDefaultLibrary(file) || /\/@types\//.test(file.fileName);
  }
}

/** What the message alone tells. */
function fromMessage(code: number, message: string): Said {
  const [first, second] = quoted(message);
  if (code === 2305 || code === 2724) {
    return mayMean('types.noExport', message, { module: first.replaceAll('"', ''), name: second });
  }
  if (NO_NAME.includes(code)) return mayMean('types.noName', message, { name: first });
  const types = /type '(.*)' is not assignable to (?:\w+ )*type '(.*)'\./i.exec(message);
  if (!OTHER_TYPE.includes(code) || types === null) {
    return { key: 'types.message', values: { message } };
  }
  const [, given = '', wanted = ''] = types;
  return { key: 'types.other', values: { given, wanted } };
}

/** The same with what the compiler thinks was meant. */
const MEANT = {
  'types.noProperty': 'types.noProperty.mean',
  'types.wanted': 'types.wanted.mean',
  'types.noName': 'types.noName.mean',
  'types.noExport': 'types.noExport.mean',
} as const;

/** With what the compiler thinks was meant, if it thinks so. */
function mayMean(key: keyof typeof MEANT, message: string, values: Sayable): Said {
  const [, other] = /Did you mean (?:to write )?'(.*)'\?$/.exec(message) ?? [];
  return other === undefined ? { key, values } : { key: MEANT[key], values: { ...values, other } };
}

/** The first two names that a message has in quotes. */
function quoted(message: string): [string, string] {
  const [first = '', second = ''] = Array.from(message.matchAll(/'(.*?)'/g), ([, name]) => name);
  return [first, second];
}

/** The smallest piece of a file at a place. */
function innermost(compiler: typeof ts, node: ts.Node, at: number): ts.Node {
  const inner = compiler.forEachChild(node, (child) =>
    child.getStart() <= at && at < child.end ? child : undefined,
  );
  return inner === undefined ? node : innermost(compiler, inner, at);
}

function isStamp(type: ts.Type): boolean {
  return type.symbol?.name === 'Stamp';
}
