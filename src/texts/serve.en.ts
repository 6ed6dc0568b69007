/**
 * What `loopscope serve` says beside the steps: where the room and its page are, how others join, and how
 * it ends; and what the page's server answers.
 * @module
 */

/** The texts by key. */
export const serve = {
  'banner.open': 'The room is open on {url}',
  'banner.page': 'its page: {url}',
  'banner.controls': 'controls: {url}',
  'banner.controls.url': 'whoever has this address steps the server; the others only watch:',
  'banner.controls.keys': 'controls: the keys of this terminal; o opens the page that has them too',
  'banner.controls.join': 'u shows where others join; they only watch:',
  'banner.join': 'join it:  {command}',
  'banner.join.page': 'or open {url}',
  'banner.join.disk': 'or open examples/client.html in a browser',
  'banner.join.diskAllowed':
    'or, after serve --allow-origin null, open examples/client.html in a browser',
  'banner.stop': 'Ctrl-C stops it',
  'banner.stop.stepper': 'q or Ctrl-C stops it',
  'banner.file': 'steps go to {file}',
  'banner.taken': 'port {port} is taken, so the next free one is used',
  'banner.others': 'For others in this network:',
  'banner.others.page': '{room}, its page {url}',
  'class.folder': 'What this class does is kept in {folder}, and nowhere else.',
  'class.desk': 'The desk: {url}',
  'class.desk.url':
    'whoever has this address has the votes, so keep it off the wall: Join on the desk is for that',
  'class.join': 'Join:     {url}',
  'class.loopback': 'for this machine alone: no network was found, or --host keeps it out',
  'rehearsal.begins':
    'Rehearsal: {n, plural, one {# played student comes} other {# played students come}} from this machine within half a minute, by the seed {seed}.',
  'rehearsal.do':
    'They talk, work in lessons, answer what you ask, leave and come back: look at the desk and the live view.',
  'rehearsal.slow': '{name} reads little: it hears late of what you ask, and nobody waits for it.',
  'rehearsal.hostile':
    '{name} is hostile (bad frames, bad names, floods): it is refused, and nobody else is disturbed.',
  'rehearsal.folder':
    'All of them are kept in {folder} as students are: another folder is for the class.',
  'rehearsal.left':
    '{n, plural, one {# played student} other {# played students}} of a rehearsal {n, plural, one {is} other {are}} in {folder}: give another folder for the class',
  'rehearsal.talk.1': 'hello everyone',
  'rehearsal.talk.2': 'what is an fd?',
  'rehearsal.talk.3': 'I can see my own frame',
  'rehearsal.talk.4': 'why does it say turn?',
  'rehearsal.talk.5': 'mine works now',
  'rehearsal.talk.6': 'who has lesson 7?',
  'join.loopback': 'for this machine alone; serve --host 0.0.0.0 lets others in',
  'join.back': 'any key goes back to the steps',
  'stop.room': 'Stopping: every client gets a Close frame with 1001.',
  'stop.original': 'Stopping: every connection is cut, as when Ctrl-C ends PHP.',
  'story.ends': 'the story ends here: {why}; the server goes on',
  'file.ends': '{file} ends here: {why}; the server goes on',
  'page.none': 'there is no page: serve --step without --no-page has one',
  'page.opens': 'the page with the controls opens in the browser of this machine',
  'page.noBrowser':
    'no browser opens here; without a terminal (serve --step < /dev/null) the address is printed',
  'title.original': 'original, {url}',
} as const;

/** What the page's server answers; this goes over the wire, so it is never said in another language. */
export const answers = {
  tooMany: 'too many pages watch',
  controls: 'the controls are with the page whose address has the token',
  desk: 'the desk is with the page whose address has the token',
  tooLong: 'a command is short',
  noCommand: 'this is no command',
} as const;
