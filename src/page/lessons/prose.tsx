/**
 * The text of a lesson.
 * @module
 */

import type { JSX } from 'preact';
import type { Block, Inline } from './route.js';

/** The parts of a text. @param numbers what the page computes itself, by name */
export function Prose({
  blocks,
  numbers = {},
}: {
  blocks: readonly Block[];
  numbers?: Readonly<Record<string, number>>;
}): JSX.Element {
  return (
    <div class="prose">
      {blocks.map((block, i) => (
        <Part key={i} block={block} numbers={numbers} />
      ))}
    </div>
  );
}

interface PartProps {
  block: Block;
  numbers: Readonly<Record<string, number>>;
}

function Part({ block, numbers }: PartProps): JSX.Element {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Words words={block.words} numbers={numbers} />
        </p>
      );
    case 'code':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case 'table': {
      const [head = [], ...rows] = block.rows;
      return (
        <table>
          <thead>
            <tr>
              {head.map((words, i) => (
                <th key={i} scope="col">
                  <Words words={words} numbers={numbers} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                {row.map((words, j) => (
                  <td key={j}>
                    <Words words={words} numbers={numbers} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    }
  }
}

/** Words in a line. */
export function Words({
  words,
  numbers = {},
}: {
  words: readonly Inline[];
  numbers?: PartProps['numbers'];
}): JSX.Element {
  return (
    <>
      {words.map(([kind, text], i) => {
        if (kind === 'code') return <code key={i}>{text}</code>;
        if (kind === 'strong') return <strong key={i}>{text}</strong>;
        return kind === '' ? text : String(numbers[kind.slice(1)] ?? text);
      })}
    </>
  );
}
