import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url)).replaceAll('\\', '/');

/** Which of some files the compiler complains about. @param more whether the union of steps has one more */
function complaints(files: readonly string[], more: boolean): string[] {
  const options: ts.CompilerOptions = {
    ...ts.getDefaultCompilerOptions(),
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    jsx: ts.JsxEmit.ReactJSX,
    jsxImportSource: 'preact',
    strict: true,
    noImplicitReturns: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  host.readFile = (path) => (more ? withOneMore(path, readFile(path)) : readFile(path));
  host.getSourceFile = (path, version) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram(
    files.map((file) => SRC + file),
    options,
    host,
  );
  return files.filter((file) => {
    const source = program.getSourceFile(SRC + file);
    return source !== undefined && program.getSemanticDiagnostics(source).length > 0;
  });
}

/** The union of steps with a step that nobody knows. */
function withOneMore(path: string, text: string | undefined): string | undefined {
  if (text === undefined || !path.endsWith('/trace/event.ts')) return text;
  const more = text.replace(
    'export type Step =',
    "export type Step =\n  | { step: 'nap'; fd: Fd }",
  );
  if (more === text) throw new Error('the union of steps is not where it was');
  return more;
}

test('a new step is found by the compiler wherever a step is folded, drawn or said', () => {
  const files = [
    'trace/text.ts',
    'trace/view.ts',
    'trace/lamport-side.ts',
    'trace/ndjson.ts',
    'terminal/stepper-bytes.ts',
    'page/loop/step-bytes.tsx',
  ];
  expect(complaints(files, false)).toEqual([]);
  expect(complaints(files, true)).toEqual(files);
});
