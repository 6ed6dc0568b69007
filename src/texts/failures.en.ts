/**
 * Why a command could not do what it was asked for.
 * @module
 */

/** The texts by key. */
export const failures = {
  'scenario.none': 'there is no scenario "{name}"; the nearest are {near}',
  'file.folder': '{path} is a folder: name a file in it',
  'file.denied': '{path} may not be read: the file does not belong to you, or not for reading',
  'file.unread': 'cannot read it: {message}',
  'file.noJson': '{path} is not JSON: {message}',
  'file.problem': '{path}: {message}',
  'recording.none': '{path}: expected a recording with "scenario" and "wire"',
  'probe.connect': 'nobody to ask: {message}',
  'step.noneThere': '--at {at}: there is no step with this seq; there are none',
  'step.noLoop':
    '--loop {loop}: there is no such loop; {loops, plural, one {there is one} other {there are #}}',
  'step.notThere': '--at {at}: there is no step with this seq; they go from {first} to {last}',
  'tap.insecure': '--insecure is about the certificate of a server of wss:, and this one has none',
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
  'serve.broker': 'cannot join {where}: {message}',
  'serve.brokerUrl': '--broker: {message}',
  'serve.portTaken': '{message}: {option}',
  'class.taken':
    'the folder {path} is in use by process {pid}: stop that server first, or delete {file} if it is none',
  'class.rehearse':
    'a rehearsal is not kept in {path}: {n, plural, one {# student} other {# students}} of a class {n, plural, one {is} other {are}} in it; give another folder',
  'class.pagePort': "the page's port {host}:{port} is taken: choose another with {other}",
  'class.noName': 'a class needs a folder with a name',
  'class.seed': '--seed is the seed of a rehearsal: give --rehearse too',
  'class.folder': 'cannot keep a class in {path}: {message}',
  'write.there':
    'cannot write {what}: {path} is there already; give another name, or --force to write over it',
  'write.link':
    'cannot write {what}: {path} is a link to what is not there; give the name of a file, or --force to make the one that it leads to',
  'write.failed': 'cannot write {what}: {message}',
  'write.trace': 'the trace',
  'write.diagram': 'the diagram',
  'php.none': 'there is no PHP here: install php-cli, or name one in LOOPSCOPE_PHP',
  'php.named.missing': 'LOOPSCOPE_PHP is {path}, but there is no such program',
  'php.named.broken': 'LOOPSCOPE_PHP is {path}, but it does not run: {words}',
  'php.here.broken': 'php is here, but it does not run: {words}',
  'php.noSockets':
    'PHP {version} ({path}) has no extension "sockets": switch it on in php.ini; php -m lists what there is',
  'php.needsRepair':
    'PHP 8 cannot run this copy ({file} line {line}: {was}): add --php8 to run a temporary copy with the needed repairs',
  'php.noCode': '{file} has no PHP in it: no <?php; another program is run by cmd:COMMAND',
  'php.unread': 'cannot read {file}: {message}',
  'php.portTaken':
    'port {port} is taken: stop what listens there; a copy of the original has that port written into it',
  'php.strace':
    'strace cannot run PHP here: {words}; it needs the right to ptrace, which containers often lack',
  'php.ended': 'PHP {version} ended before it listened: {words}',
  'php.ended.silent': 'PHP {version} ended before it listened: no word',
  'php.silent': 'PHP did not listen within {seconds} s',
  'php.silent.said': 'PHP did not listen within {seconds} s; its last words: {words}',
  'php.silentAt': 'PHP did not listen on {host}:{port} within {seconds} s',
  'php.silentAt.said':
    'PHP did not listen on {host}:{port} within {seconds} s; its last words: {words}',
  'php.noAddress':
    '{file} does not tell where it listens: let it print "listening on HOST:PORT", as a line of its own',
  'php.portWaits':
    'nobody listens on port {port}, but the last run keeps it for a minute (TIME_WAIT): wait, or let the file set SO_REUSEADDR',
  'php.addressTaken':
    'the port that {file} binds is taken: stop what listens there, or wait a minute where the file sets no SO_REUSEADDR',
  'php.manyPorts':
    '{file} listens on several ports ({ports}): let it print "listening on HOST:PORT", as a line of its own',
  'php.windows': 'a process cannot be paused on Windows',
  'watch.what':
    'name one thing to watch: a command behind --, a process with --attach, or a file of strace with --read',
  'watch.notLive':
    '--step and --page show a program that runs; step {file} plays what strace wrote',
  'watch.needsTerminal': '--step needs a terminal; --page needs none',
  'watch.faultRuns': '--fault is for a server that runs, and not for a file that strace wrote',
  'watch.linux':
    'system calls are only read on Linux; --read FILE tells on any system what strace wrote there',
  'watch.noStrace':
    'there is no strace here: install it, with apt install strace say; --read FILE needs none',
  'watch.pipe': 'cannot make a named pipe: {path}',
  'watch.noProgram': 'cannot run {program}: there is no such program here',
  'watch.denied': '{program} may not be watched: {words}',
  'watch.ended': '{program} ended with code {code} before it waited for anyone; it said: {words}',
  'watch.ended.silent':
    '{program} ended with code {code} before it waited for anyone, without a word',
  'watch.notStrace': '{file} is nothing that strace wrote: no line of it is a call',
  'watch.unread': 'cannot read {path}: {message}',
  'php.noProgram': 'cannot run {program}: there is no such program here',
  'php.noStart': 'cannot run {program}: {message}',
  'php.notOurs': '{host}:{port} is not ours to stop: pausing takes a server of php:PATH',
  'side.none':
    '"{text}" is no side; there are rfc6455, original, mine, php:PATH, cmd:COMMAND, tcp:HOST:PORT, recording:FILE',
  'side.noFile': 'there is no file {path} for PHP to run',
  'side.noPort': '"{name}" is no side; write tcp:HOST:PORT',
  'side.otherSteps':
    '{path} is a recording of other steps than {scenario}; compare "{recorded}" with it, or record again',
  'compare.whyNeedsMirror':
    '--why plays the mirror with its mistakes mended, so one side has to be original',
  'cmd.noPort':
    '"{name}" does not say where its port goes: write {place} where the number is to stand',
  'cmd.shell':
    '"{name}" has {word}, and no shell is there to read it: write cmd:sh -c "…", with the whole command in the quotes',
  'cmd.noProgram':
    'cannot run {program}: there is no such program here. No shell reads the command; what needs one is written sh -c "…"',
  'cmd.openQuote': '"{name}" has a quote that is not closed',
  'cmd.ended': '{command} ended before it listened on port {port}: {words}',
  'cmd.ended.silent': '{command} ended before it listened on port {port}, without a word',
  'cmd.otherPort':
    '{command} listens on port {ports}, and not on {port}: does it take the number that stands for {place}?',
  'cmd.silent': '{command} did not listen on port {port} within {seconds} s',
  'cmd.silent.said':
    '{command} did not listen on port {port} within {seconds} s; its last words: {words}',
  'fuzz.noSide':
    '"{text}" cannot play conversation after conversation; there are original, rfc6455, php:PATH, cmd:COMMAND, tcp:HOST:PORT',
  'write.conversation': 'the conversation',
  'write.server': 'your server',
  'side.failed': '{side} in {scenario}: {message}',
  'sim.loopsAlone':
    'two-loops takes no --profile original, which knows no broker, and no --cut, which plays against one server',
  'sim.cutAlone': '--cut plays many runs; it writes no --trace and draws no --diagram',
  'chat.ended': 'the connection ended with {code}',
  'chat.ended.reason': 'the connection ended with {code}: {reason}',
  'chat.unsaid': 'not all was said: the server reads too slowly, or not at all',
  'inspect.one': 'give one of FILE, - (the standard input), --hex and --base64',
  'inspect.raw': '--raw is for FILE or -; --hex and --base64 are text',
  'inspect.deflate':
    '--deflate {parameters}: these are no parameters of permessage-deflate; give them as the answer of a server has them, such as "server_max_window_bits=9; server_no_context_takeover", and write --deflate behind FILE',
  'inspect.hex': '--hex {text}: expected two hex digits for each byte',
  'inspect.base64': '--base64 {text}: expected base64',
  'inspect.unread': 'cannot read {file}: {message}',
  'inspect.shorter': '{file} became shorter while it was read',
  'inspect.aside':
    'cannot put the capture aside in {folder}: {message}; give it as a file that is not packed, or set TMPDIR',
  'inspect.problem': '{file}: {message}',
  'inspect.unpacked': 'cannot unpack {file}: {message}',
  'inspect.noForm': '{file}: {message}; --raw takes its bytes as they are',
  'inspect.noStream': '{file}: no WebSocket stream in this capture.',
  'inspect.noStream.notes': '{file}: no WebSocket stream in this capture. {notes}',
  'inspect.empty': '{file} is empty: there are no bytes to explain',
  'inspect.long': '{file} is a text of more than {most} bytes, which is not read',
  'inspect.stdin': 'the standard input',
  'doctor.mend': 'to mend: {names}',
  'compare.noPhp':
    'there is no PHP here and no recording of {scenario}; install PHP with its sockets extension, or name a --right',
} as const;
