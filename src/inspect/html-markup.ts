/**
 * Text as HTML: nothing that a peer sent can become markup, hide, or turn the text around it.
 * @module
 */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text for the inside of an element or of a quoted attribute; what cannot be seen is spelled out. */
export function escaped(text: string): string {
  return text
    .replace(
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
      (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`,
    )
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string);
}

/** A section as it is cited, and a link to it that is followed only when someone clicks on it. */
export function rfcLink(section: string): string {
  const cited = section.startsWith('RFC') ? section : `RFC 6455 ${section}`;
  const [, number, place] = /^RFC (\d+)(?: ([\d.]+))?$/.exec(cited) ?? [];
  if (number === undefined) return escaped(cited);
  const anchor = place === undefined ? '' : `#section-${place}`;
  const address = `https://www.rfc-editor.org/rfc/rfc${number}${anchor}`;
  return `<a class="rfc" href="${address}" rel="noreferrer">${escaped(cited)}</a>`;
}

/** A text as HTML, with markup in place of the values that it was not given: `{code}`. */
export function withMarkup(text: string, markup: Readonly<Record<string, string>>): string {
  return escaped(text).replace(/\{(\w+)\}/g, (braces, name: string) =>
    Object.hasOwn(markup, name) ? (markup[name] as string) : braces,
  );
}
