/**
 * Makes a classic script of a module. A page that was opened from a disk can start a worker only with
 * one, and under a strict policy nothing may be loaded into it later. Lines and columns stay as they are.
 * @module
 */

import type { ImportDeclaration, Node, Program } from 'acorn';
import { full } from 'acorn-walk';
import type { Insertion } from './loop-guard.js';

/** What a module imports, where. */
export interface Imported {
  /** `loopscope`. */
  readonly from: string;
  /** Where it stands, from 1. */
  readonly line: number;
  /** The names that it takes, and their lines, from 1; none where it imports for the effect, or all of them. */
  readonly names: readonly { readonly name: string; readonly line: number }[];
}

/** A piece of code, from one character to another, and what is to stand there. */
interface Cover {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A module as the body of a function. */
export interface Classic {
  /** What stands before the code, in its first line: takes out of `__import` what the module imports. */
  readonly head: string;
  /** What is to be put into the code. */
  readonly insertions: readonly Insertion[];
  /** The pieces of the code to be covered with a text, which is no longer, and spaces. */
  readonly covers: readonly Cover[];
  readonly imports: readonly Imported[];
}

/**
 * Of the function: `__import(name)` gives a module, `__exports(name, get)` takes what is exported (all of a
 * module where the name is null), `__late(name)` promises a module.
 */
export const PARAMETERS = '__import,__exports,__late';

/** What to do to a module whose program this is. @param code what it was parsed from */
export function classicOf(program: Program, code: string): Classic {
  const head: string[] = [];
  const insertions: Insertion[] = [];
  const covers: Cover[] = [];
  const imports: Imported[] = [];
  const textOf = ({ start, end }: Node): string => code.slice(start, end);
  const cover = (from: number, to: number, text = ''): void => void covers.push({ from, to, text });
  const exported = (as: string, value: string): void => {
    head.push(`__exports(${JSON.stringify(as)},()=>${value});`);
  };
  for (const node of program.body) {
    switch (node.type) {
      case 'ImportDeclaration': {
        head.push(importOf(node));
        imports.push(importedOf(node));
        cover(node.start, node.end);
        break;
      }
      case 'ExportNamedDeclaration': {
        const { declaration, specifiers, source } = node;
        if (declaration) {
          cover(node.start, declaration.start);
          for (const name of declaredBy(declaration)) exported(name, name);
          break;
        }
        const from = source ? `__import(${textOf(source)})` : null;
        for (const { local, exported: as } of specifiers) {
          const name = nameOf(local);
          exported(nameOf(as), from === null ? name : `${from}[${JSON.stringify(name)}]`);
        }
        cover(node.start, node.end);
        break;
      }
      case 'ExportDefaultDeclaration': {
        const { declaration } = node;
        const isNamed = 'id' in declaration && declaration.id;
        const isDeclaration = /^(Function|Class)Declaration$/.test(declaration.type);
        if (isDeclaration && isNamed) {
          cover(node.start, declaration.start);
          exported('default', textOf(declaration.id as Node));
          break;
        }
        cover(node.start, declaration.start, 'var __default=');
        if (isDeclaration) insertions.push({ at: declaration.end, text: ';' });
        exported('default', '__default');
        break;
      }
      case 'ExportAllDeclaration': {
        head.push(`__exports(null,()=>__import(${textOf(node.source)}));`);
        cover(node.start, node.end);
        break;
      }
    }
  }
  full(program, (node) => {
    if (node.type !== 'ImportExpression') return;
    cover(node.start, node.start + 'import'.length, '__late');
  });
  return { head: head.join(''), insertions, covers, imports };
}

/** The code with its covers. A line stays a line. */
export function coverUp(code: string, covers: Classic['covers']): string {
  let result = code;
  for (const { from, to, text } of covers) {
    const blank = code.slice(from + text.length, to).replace(/[^\r\n\u2028\u2029]/g, ' ');
    result = result.slice(0, from) + text + blank + result.slice(to);
  }
  return result;
}

function importOf({ specifiers, source }: ImportDeclaration): string {
  const from = `__import(${JSON.stringify(source.value)})`;
  const named: string[] = [];
  const statements: string[] = [];
  for (const one of specifiers) {
    if (one.type === 'ImportNamespaceSpecifier')
      statements.push(`const ${one.local.name}=${from};`);
    else if (one.type === 'ImportDefaultSpecifier') named.push(`default:${one.local.name}`);
    else named.push(`${JSON.stringify(nameOf(one.imported))}:${one.local.name}`);
  }
  return `${statements.join('')}const{${named.join(',')}}=${from};`;
}

function importedOf({ specifiers, source, loc }: ImportDeclaration): Imported {
  const names = specifiers.flatMap((one) => {
    const line = one.loc?.start.line ?? 1;
    if (one.type === 'ImportDefaultSpecifier') return [{ name: 'default', line }];
    return one.type === 'ImportSpecifier' ? [{ name: nameOf(one.imported), line }] : [];
  });
  return { from: String(source.value), line: loc?.start.line ?? 1, names };
}

function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.type === 'Identifier' ? (node.name ?? '') : String(node.value);
}

/** The names that a declaration makes. */
function declaredBy(declaration: Node): string[] {
  const {
    type,
    id,
    declarations = [],
  } = declaration as Node & {
    id?: Node;
    declarations?: { id: Node }[];
  };
  if (type !== 'VariableDeclaration') return id ? namesIn(id) : [];
  return declarations.flatMap((one) => namesIn(one.id));
}

/** The names that a pattern binds. */
function namesIn(pattern: Node): string[] {
  const node = pattern as Node & {
    name: string;
    properties: { type: string; value?: Node; argument?: Node }[];
    elements: (Node | null)[];
    argument: Node;
    left: Node;
  };
  switch (node.type) {
    case 'Identifier':
      return [node.name];
    case 'ObjectPattern':
      return node.properties.flatMap(({ value, argument }) => namesIn((value ?? argument) as Node));
    case 'ArrayPattern':
      return node.elements.flatMap((one) => (one === null ? [] : namesIn(one)));
    case 'RestElement':
      return namesIn(node.argument);
    case 'AssignmentPattern':
      return namesIn(node.left);
    default:
      return [];
  }
}
