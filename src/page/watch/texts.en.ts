/**
 * Texts of other programs' loops: how they are opened, what they are like, the recordings to choose from.
 * @module
 */

/** The texts by key. */
export const watching = {
  'strace.reading': 'Reading {name}: {percent} %',
  'strace.not-loaded':
    'What reads the loops of other programs did not load, {reason}. Reload this page.',
  'figures.title': 'What this loop is like',
  'figures.count':
    '{n, plural, =0 {nothing is worth a word} one {# thing is worth a look} other {# things are worth a look}}',
  'watched.runs': '{program} runs. Its steps are shown as it takes them; nobody holds it.',
  'watched.ended':
    '{program} has ended, or is watched no more. Its steps can still be walked through.',
  'watched.loop': '{loop} of {loops}: thread {pid}',
  'gallery.open': 'Other servers …',
  'gallery.title': 'Loops of other servers',
  'gallery.about':
    'Recorded with strace, of small servers in several languages, with three clients and ten messages. Your own is opened here too: drop what strace wrote on this page.',
  'gallery.chat': 'three clients, ten messages',
  'gallery.slow-reader': 'a client that does not read',
  'gallery.no-descriptors': 'no descriptor left',
  'gallery.named': '{server}, {what}',
  'gallery.rest': '{n, plural, one {One more is} other {# more are}} in the page of several files.',
  'gallery.none': 'There is no recording {name} here.',
} as const;
