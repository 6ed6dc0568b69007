/**
 * Texts of the shell.
 * @module
 */

/** The texts by key. */
export const shell = {
  'app.name': 'Loopscope',
  'app.skip': 'Skip to the view',
  'app.views': 'Views',
  'app.presenter': 'Presenter',
  'app.presenter.title': 'Larger letters for a projector (P)',
  'app.theme.auto': 'Colours: system',
  'app.theme.light': 'Colours: light',
  'app.theme.dark': 'Colours: dark',
  'app.language': 'Language',
  'app.help': 'Keys',
  'app.help.title': 'What the keys do (?)',
  'app.close': 'Close',
  'app.dismiss': 'Dismiss',
  'app.failed': 'This could not be played: {reason}',
  'keys.title': 'Keys',
  'keys.space': 'Space',
  'keys.help': 'this list',
  'keys.presenter': 'larger letters, for a projector',
  'keys.escape': 'closes this list',
} as const;
