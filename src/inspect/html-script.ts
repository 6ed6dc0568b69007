/**
 * What moves in an inspection's page: bytes and fields light each other up, by mouse, touch and
 * keyboard, and what is selected is said. Without it the page is the same text with plain links.
 *
 * It is a text, because it runs in the page that is written and not here.
 * @module
 */

import type { InspectionSay } from './words.js';

/** The script, as it stands in the page, with its words in a language. */
export function scriptOf(say: InspectionSay): string {
  const byte = joined(say('html.byte'), { n: 'start' });
  const range = joined(say('html.range'), { first: 'start', last: '(end - 1)' });
  const words = joined(say('html.script.byte'), {
    offset: 'offsetOf(byte)',
    hex: 'byte.textContent',
    bits: 'bits',
    value: 'value',
  });
  return `${BEFORE_BYTE}${words}${BEFORE_RANGE}${byte} : ${range}${BEHIND_RANGE}`;
}

/** A text as an expression: what stands in its braces is worked out in the page. */
function joined(text: string, values: Readonly<Record<string, string>>): string {
  return text
    .split(/\{(\w+)\}/)
    .map((part, i) => (i % 2 === 1 ? (values[part] ?? "''") : part === '' ? '' : inQuotes(part)))
    .filter((part) => part !== '')
    .join(' + ');
}

function inQuotes(text: string): string {
  const safe = text.replace(/['\\<\n\r\u2028\u2029]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${safe}'`;
}

const BEFORE_BYTE = String.raw`
'use strict';
(() => {
  const wide = matchMedia('(min-width: 68rem)');
  const where = document.getElementById('where');
  const what = document.getElementById('what');
  const readout = document.getElementById('readout');
  const help = [where.textContent, what.textContent];
  const bytes = [...document.querySelectorAll('.dump td > a')];
  const rows = [...new Set(bytes.map((byte) => byte.closest('tr')))];
  const signs = new Map(); // from a byte to its character at the right, and back
  for (const row of rows) {
    const characters = row.querySelectorAll('i');
    row.querySelectorAll('td > a').forEach((byte, i) => {
      signs.set(byte, characters[i]);
      signs.set(characters[i], byte);
    });
  }

  const targetOf = (link) => document.getElementById(link.hash.slice(1));
  const offsetOf = (byte) => Number(/\d+$/.exec(byte.id)[0]);
  const nameOf = (field) => field.querySelector('.name');
  const bytesOf = (field) => {
    const [start, end] = field.dataset.bytes.split(' ').map(Number);
    const drawn = field.closest('.unit').querySelectorAll('.dump td > a');
    return [...drawn].filter((byte) => offsetOf(byte) >= start && offsetOf(byte) < end);
  };
  const paint = (name, elements) => {
    for (const element of document.querySelectorAll('.' + name)) element.classList.remove(name);
    for (const element of elements) {
      element.classList.add(name);
      signs.get(element)?.classList.add(name);
    }
  };

  const pathOf = (field) => {
    const names = [];
    for (let at = field; at !== null; at = at.parentElement.closest('li[data-bytes]')) {
      names.unshift(nameOf(at).textContent);
    }
    return names.join(' › ');
  };
  const byteWords = (byte) => {
    const value = Number.parseInt(byte.textContent, 16);
    const bits = value.toString(2).padStart(8, '0').replace(/^..../, '$& ');
    return `;

const BEFORE_RANGE = `;
  };
  const rangeWords = (field) => {
    const [start, end] = field.dataset.bytes.split(' ').map(Number);
    return end - start === 1 ? `;

const BEHIND_RANGE = `;
  };
  const say = (first, second) => {
    where.textContent = first;
    what.textContent = second;
  };
  const unfold = (element) => {
    for (let at = element.closest('details'); at; at = at.parentElement.closest('details')) {
      at.open = true;
    }
  };

  let selected = null;
  const select = (element) => {
    if (element === selected) return;
    readout.classList.remove('idle');
    selected?.closest('td')?.removeAttribute('aria-selected');
    selected = element;
    const isByte = signs.has(element);
    const field = isByte ? targetOf(element) : element;
    paint('on', [field, ...bytesOf(field)]);
    paint('at', isByte ? [element] : []);
    unfold(field);
    if (isByte) {
      for (const tabbed of element.closest('table').querySelectorAll('[tabindex="0"]')) tabbed.tabIndex = -1;
      element.tabIndex = 0;
      element.closest('td').setAttribute('aria-selected', 'true');
    }
    say(
      isByte ? byteWords(element) + ' · ' + pathOf(field) : pathOf(field) + ' · ' + rangeWords(field),
      field.querySelector('.says').textContent,
    );
    const other = isByte ? field : targetOf(nameOf(field));
    if (wide.matches) other.scrollIntoView({ block: 'nearest' });
  };
  const clear = () => {
    selected?.closest('td')?.removeAttribute('aria-selected');
    selected = null;
    paint('on', []);
    paint('at', []);
    say(...help);
    readout.classList.add('idle');
    history.replaceState(null, '', location.pathname + location.search);
  };
  const keep = (element) => history.replaceState(null, '', '#' + element.id);
  const go = (link) => {
    unfold(link);
    link.scrollIntoView({ block: 'nearest' });
    link.focus({ preventScroll: true });
    select(signs.has(link) ? link : link.closest('li[data-bytes]'));
  };

  const step = (byte, key) => {
    const row = byte.closest('tr');
    const cells = [...row.querySelectorAll('td > a')];
    const other = rows[rows.indexOf(row) + (key === 'ArrowUp' ? -1 : 1)];
    switch (key) {
      case 'ArrowLeft':
        return bytes[bytes.indexOf(byte) - 1];
      case 'ArrowRight':
        return bytes[bytes.indexOf(byte) + 1];
      case 'Home':
        return cells[0];
      case 'End':
        return cells.at(-1);
      case 'ArrowUp':
      case 'ArrowDown': {
        const below = [...(other?.querySelectorAll('td > a') ?? [])];
        return below[Math.min(cells.indexOf(byte), below.length - 1)];
      }
    }
  };
  const nextField = (name, by) => {
    const shown = [...document.querySelectorAll('.name')].filter((link) => link.getClientRects().length > 0);
    return shown[shown.indexOf(name) + by];
  };

  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { key, target } = event;
    if (key === 'Escape') return clear();
    const isByte = signs.has(target);
    if (!isByte && !target.matches('.name')) return;
    let next;
    if (key === 'Enter' || key === ' ') {
      next = isByte ? nameOf(targetOf(target)) : targetOf(target);
      keep(isByte ? target : target.closest('li[data-bytes]'));
    } else if (isByte) next = step(target, key);
    else if (key === 'ArrowUp' || key === 'ArrowDown') next = nextField(target, key === 'ArrowUp' ? -1 : 1);
    else return;
    if (!next && !/^(Arrow|Home|End)/.test(key)) return;
    event.preventDefault();
    if (next) go(next);
  });
  // A press selects when it is a click, and not at its focus, which could scroll the byte away from under it.
  let pressed = false;
  for (const type of ['pointerdown', 'pointerup', 'pointercancel']) {
    document.addEventListener(type, () => {
      pressed = type === 'pointerdown';
    });
  }
  document.addEventListener('focusin', ({ target }) => {
    if (pressed) return;
    if (signs.has(target)) select(target);
    else if (target.matches('.name')) select(target.closest('li[data-bytes]'));
  });
  document.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const { target } = event;
    const byte = target.matches('.dump i') ? signs.get(target) : target.closest('.dump td > a');
    const link = byte ?? target.closest('.name');
    const field = target.closest('a, summary') === null ? target.closest('li[data-bytes]') : null;
    const chosen = link ?? (field && getSelection().isCollapsed ? nameOf(field) : null);
    if (!chosen) return;
    event.preventDefault();
    go(chosen);
    keep(selected);
  });
  document.addEventListener('mouseover', ({ target }) => {
    const byte = target.matches('.dump i') ? signs.get(target) : target.closest('.dump td > a');
    const field = byte ? targetOf(byte) : target.closest('li[data-bytes]');
    if (byte) paint('near', [byte, field]);
    else paint('near', field ? bytesOf(field) : []);
  });

  const openHash = () => {
    const element = document.getElementById(location.hash.slice(1));
    if (signs.has(element)) go(element);
    else if (element?.matches('li[data-bytes]')) go(nameOf(element));
  };
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')];
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });

  for (const table of document.querySelectorAll('.dump')) {
    table.setAttribute('role', 'grid');
    for (const row of table.rows) row.setAttribute('role', 'row');
    for (const cell of table.querySelectorAll('td')) cell.setAttribute('role', 'gridcell');
    for (const cell of table.querySelectorAll('tbody th')) cell.setAttribute('role', 'rowheader');
    for (const cell of table.querySelectorAll('thead th')) cell.setAttribute('role', 'columnheader');
    table.querySelectorAll('td > a').forEach((byte, i) => {
      byte.tabIndex = i === 0 ? 0 : -1;
    });
  }
  document.documentElement.classList.add('js');
  addEventListener('hashchange', openHash);
  addEventListener('load', () => requestAnimationFrame(openHash)); // the browser has scrolled by then
})();
`;
