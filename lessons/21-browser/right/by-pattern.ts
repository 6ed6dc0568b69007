import type { Answer } from '../exercise.js';

export const system = (content: string): Answer => {
  return { to: 'sender', message: { type: 'system', content } };
};
export { presence } from '../exercise.js';

/** Puts the messages together itself. */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  const match = /^\/nick(?: (.*))?$/s.exec(content);
  if (match === null) return null;
  const name = match[1]?.trim();
  if (!name) return [system('which name?')];
  for (const taken of names.values()) if (taken === name) return [system('taken')];
  const old = names.get(fd) ?? '';
  const before: string[] = [];
  const after: string[] = [];
  for (const [one, other] of names) {
    if (one !== fd) before.push(other);
    after.push(one === fd ? name : other);
  }
  names.set(fd, name);
  return [
    { to: 'everyone', message: { user_list: before, content: old, type: 'logout' } },
    { to: 'everyone', message: { user_list: after, content: name, type: 'login' } },
  ];
}
