/**
 * The text of a lesson. A command in it becomes a link to the view that does the same, or a button of
 * the lesson; what leads out of the course keeps its words alone, as the page may have nothing beside it.
 * @module
 */

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Block, Inline, ListItem } from '../course/course.js';
import type { Session } from '../session.js';
import { Columns } from '../shared/columns.js';
import { Scroller } from '../shared/scroller.js';
import { say } from '../texts.js';
import { type Meaning, meaningOf } from './commands.js';

/** What a text needs of the page around it. */
export interface ProseProps {
  session: Session;
  blocks: readonly Block[];
  /** Draws what stands in place of a command that the lesson itself does; null for one that it does not. */
  action?: ((kind: Exclude<Meaning['kind'], 'view'>) => ComponentChildren) | undefined;
}

/** The parts of a text. */
export function Prose({ blocks, ...around }: ProseProps): JSX.Element {
  return (
    <div class="prose">
      {blocks.map((block, i) => (
        <Part key={i} block={block} {...around} />
      ))}
    </div>
  );
}

type PartProps = Omit<ProseProps, 'blocks'> & { block: Block };

function Part({ block, session, action }: PartProps): JSX.Element | null {
  const words = (all: readonly Inline[]) => <Words words={all} session={session} />;
  switch (block.kind) {
    case 'heading':
      return <h3>{words(block.words)}</h3>;
    case 'paragraph':
      return <p>{words(block.words)}</p>;
    case 'picture':
      return <Picture svg={block.svg ?? ''} about={block.about} />;
    case 'list':
      return <List items={block.items} words={words} />;
    case 'table':
      return <Table rows={block.rows} words={words} />;
    case 'code':
      // the whole of what the demo prints is seen where it runs
      if (/^output: demo$/.test(block.mark ?? '')) return null;
      if (block.language === 'text')
        return <Output text={block.text} label={say('lessons.output')} />;
      return <Program block={block} />;
    case 'command':
      if (!block.text.startsWith('npx '))
        return <Output text={block.text} label={say('lessons.program')} />;
      return <Command text={block.text} session={session} action={action} />;
    default:
      return block satisfies never;
  }
}

/** A sentence of a check, in which code stands between backticks. */
export function Quoting({ text }: { text: string }): JSX.Element {
  const pieces = text.split('`');
  if (pieces.length % 2 === 0) return <>{text}</>; // one of them is no mark
  return <>{pieces.map((piece, i) => (i % 2 === 1 ? <code key={i}>{piece}</code> : piece))}</>;
}

/** Words in a line. */
export function Words({
  words,
  session,
}: {
  words: readonly Inline[];
  session: Session;
}): JSX.Element {
  return (
    <>
      {words.map(([kind, text, target = ''], i) => {
        if (kind === 'code') return <code key={i}>{text}</code>;
        if (kind === 'strong') return <strong key={i}>{text}</strong>;
        const lesson =
          kind === 'link' ? /^\.\.\/(\d\d)-[^/]*\/lesson\.md$/.exec(target)?.[1] : undefined;
        if (lesson === undefined) return text;
        const href = session.addressWith({ view: 'lessons', lesson: String(Number(lesson)) });
        return (
          <a key={i} href={href}>
            {text}
          </a>
        );
      })}
    </>
  );
}

function List({
  items,
  words,
}: {
  items: readonly ListItem[];
  words: (all: readonly Inline[]) => JSX.Element;
}): JSX.Element {
  const [first] = items;
  const from = /^\d+/.exec(first?.mark ?? '')?.[0];
  const drawn = items.map((item, i) => <li key={i}>{words(item.words)}</li>);
  return from === undefined ? <ul>{drawn}</ul> : <ol start={Number(from)}>{drawn}</ol>;
}

function Table({
  rows: [head = [], ...rows],
  words,
}: {
  rows: readonly (readonly (readonly Inline[])[])[];
  words: (all: readonly Inline[]) => JSX.Element;
}): JSX.Element {
  return (
    <div class="lesson-table">
      <table>
        <thead>
          <tr>
            {head.map((cell, i) => (
              <th key={i} scope="col">
                {words(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j}>{words(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A program, coloured where its colours are known. */
function Program({ block }: { block: Extract<Block, { kind: 'code' }> }): JSX.Element {
  const { text, mark, lines } = block;
  const file = /^excerpt: ([^#]+)/.exec(mark ?? '')?.[1];
  const coloured = lines ?? text.split('\n').map((line) => [['', line] as const]);
  return (
    <figure class="program">
      {file !== undefined && <figcaption>{file}</figcaption>}
      <pre>
        <code>
          {coloured.map((words, i) => (
            <span key={i} class="program-line">
              {words.map(([kind, word]) =>
                kind === '' ? word : <span class={`w-${kind}`}>{word}</span>,
              )}
              {'\n'}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  );
}

/** What something printed. */
export function Output({ text, label }: { text: string; label: string }): JSX.Element {
  return (
    <Scroller class="output" label={label}>
      <pre>
        <Columns text={text} />
      </pre>
    </Scroller>
  );
}

/** An SVG, as an image: what is in it stays in it. */
function Picture({ svg, about }: { svg: string; about: string }): JSX.Element {
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return url === '' ? <p class="none">{about}</p> : <img class="picture" src={url} alt={about} />;
}

function Command({
  text,
  session,
  action,
}: Omit<PartProps, 'block'> & { text: string }): JSX.Element | null {
  const meaning = meaningOf(text);
  if (meaning?.kind === 'view') {
    return (
      <p class="command">
        <a href={session.addressWith({ ...meaning.to, view: meaning.view })}>
          {say(`lessons.go.${meaning.view}`)}
        </a>
        <code>{text}</code>
      </p>
    );
  }
  if (meaning !== null) return <>{action?.(meaning.kind)}</>;
  return (
    <p class="command">
      <span class="file">{say('lessons.go.terminal')}</span>
      <code>{text}</code>
    </p>
  );
}
