/**
 * Why a command could not do what it was asked for.
 * @module
 */

/** The texts by key. */
export const failures = {
  'scenario.none': 'there is no scenario "{name}"; the nearest are {near}',
  'file.unread': 'cannot read it: {message}',
  'file.noJson': '{path} is not JSON: {message}',
  'file.problem': '{path}: {message}',
  'recording.none': '{path}: expected a recording with "scenario" and "wire"',
  'step.noneThere': '--at {at}: there is no step with this seq; there are none',
  'step.notThere': '--at {at}: there is no step with this seq; they go from {first} to {last}',
  'serve.ofTheRoom': '{option} goes with the room; the original knows nothing of it',
  'serve.maxClients':
    "--max-clients {asked}: this process may open {limit} descriptors and keeps {kept} for itself, so give at most {most}; for more, raise the limit first: ulimit -Hn shows it, and ulimit -n {needed}, as root, or the service's LimitNOFILE sets it",
  'serve.notBuilt': 'there is no page to serve: npm run build makes it',
  'serve.pagePort.taken':
    "the page's port {host}:{port} is taken: choose another with {other}, or serve no page with {none}",
  'serve.pagePort.refused':
    "the page's port {host}:{port} is not allowed: choose another with {other}, or serve no page with {none}",
  'serve.page': 'cannot serve the page: {message}',
  'serve.needsTerminal':
    '--step without the page needs a terminal, for its keys and for its screen',
  'serve.portTaken': '{message}: {option}',
  'write.there':
    'cannot write {what}: {path} is there already; give another name, or --force to write over it',
  'write.link':
    'cannot write {what}: {path} is a link to what is not there; give the name of a file, or --force to make the one that it leads to',
  'write.failed': 'cannot write {what}: {message}',
  'write.trace': 'the trace',
  'write.diagram': 'the diagram',
} as const;
