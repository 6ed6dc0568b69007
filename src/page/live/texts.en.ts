/**
 * Texts of the Live view.
 * @module
 */

/** The texts by key. */
export const live = {
  'live.title': 'Live',
  'live.asking': 'Looking for a server …',
  'live.none':
    'No server stands behind this page that can be stepped through. Start one, and open the address that it prints:',
  'live.none.command': 'npx loopscope serve --step',
  'live.none.rest': 'The Loop view needs no server.',
  'live.state.holds':
    'The server stands still behind step {n}. What comes meanwhile waits in the kernel’s queues.',
  'live.state.free': 'The server runs. Its steps are shown as they are taken.',
  'live.state.waits': 'The server waits in select: it is the turn of a client, or of time.',
  'live.state.lost': 'The connection to the server is lost; it is tried again.',
  'live.state.ended':
    'The server has stopped. Its steps can still be walked through; once it runs again, this page joins it.',
  'live.past': 'You look at the past.',
  'live.you-control': 'You have the controls.',
  'live.you-watch': 'You watch, the teacher’s page has the controls.',
  'live.refused':
    'The server does not know this token: press o in its terminal, or open the address that it printed at its start.',
  'live.pages': '{n, plural, =0 {Nobody watches yet} one {# page watches} other {# pages watch}}.',
  'live.pages.yours':
    '{n, plural, one {Nobody else watches} other {# pages watch, yours among them}}.',
  'live.missing':
    'The first {n, plural, one {step is} other {# steps are}} not kept any more; what was done then is missing here.',
  'live.step': 'Step the server',
  'live.play': 'Step by itself',
  'live.pause': 'Stop stepping',
  'live.present': 'To the present',
  'live.run-to': 'Run to',
  'live.run-to.step': 'the next {step}',
  'live.run-to.fd': 'the next step of fd {fd} {name}',
  'live.go': 'Go',
  'live.run': 'Let it run',
  'live.stop': 'Stop it',
  'live.chat': 'Chat with the room',
  'live.key.run': 'lets the server run, stops it',
} as const;
