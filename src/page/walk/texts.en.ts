/**
 * Texts of a walk: which run, the controls, and what a step is for.
 * @module
 */

/** The texts by key. */
export const walk = {
  'run.scenario': 'Scenario',
  'walk.by-you': 'your code',
  'run.profile': 'Server',
  'run.profile.rfc6455': 'Room (RFC 6455)',
  'run.profile.original': 'Mirror (PHP original)',
  'run.profile.mine': 'My server',
  'run.seed': 'Seed',
  'run.file':
    'A trace of your own. Server says whose code stands beside it; a scenario lays the file away.',
  'run.stranger': '{command}, recorded by {recorder}: its steps are its system calls.',
  'run.stranger.thread':
    '{command}, thread {pid}, recorded by {recorder}: its steps are its system calls.',
  'run.loop': 'Loop',
  'run.machine': 'Machine',
  'run.machine.of': '{machine}, {n, plural, one {# step} other {# steps}}',
  'run.world':
    'Two loops and a broker are one room; for seven seconds loop-b is parted from the broker.',
  'run.loop.of': '{loop} of {loops}: thread {pid}, {n, plural, one {# step} other {# steps}}',
  'run.playing': 'Playing {scenario} …',
  'walk.why.socket':
    'A descriptor for the listener: a number, and behind it a queue in the kernel.',
  'walk.why.setsockopt': 'So that the port can be taken again right after a restart.',
  'walk.why.bind': 'The listener gets the address that clients will name.',
  'walk.why.listen':
    'From here on the kernel completes connections and queues them, even while nobody accepts.',
  'walk.why.select':
    'The only place where the loop waits. Only what is ready stays in the sets: a turn begins.',
  'walk.why.accept':
    'The listener was readable: a connection is taken out of its queue and gets its own descriptor.',
  'walk.why.recv':
    'What has arrived is taken. TCP keeps no boundaries: it may be half a message, or three.',
  'walk.why.handshake':
    'HTTP for the last time: the key of the request is proved, and then frames follow.',
  'walk.why.parse': 'The bytes are read as a frame, field by field.',
  'walk.why.deal': 'The room understands the message and makes its answer.',
  'walk.why.broadcast': 'One frame is made, and everyone who is to hear it gets the same bytes.',
  'walk.why.send':
    'The socket takes what fits into its send buffer; what does not fit has to wait.',
  'walk.why.block': 'A call that blocks: nobody else is served until this one descriptor is ready.',
  'walk.why.disconnect': 'The client is taken out of the table, and select watches it no more.',
  'walk.why.error': 'A rule was broken by one client; the others must not notice.',
  'walk.why.arrive': 'The kernel queues it. The loop does not know of it before select says so.',
  'walk.why.act': 'Outside of the server: a client of the scenario does something.',
  'walk.why.again':
    'It was asked and has nothing: this descriptor does not make the loop wait, it says EAGAIN at once.',
  'walk.why.fault': 'A system call failed. What the server does next is what to look at.',
  'walk.why.wake': 'The program woke its loop itself; no client did.',
  'walk.why.broker':
    'Between this loop and the broker: what is said here goes to the other loops, and theirs comes here.',
  'walk.why.other': 'The loop does something else: as long as that takes, nobody is served.',
  'walk.why.call':
    'A function of yours runs: its lines, what it was given and what it gave stand below.',
  'walk.why.unknown': 'A later version wrote this trace: only the name of the step is known here.',
  'walk.where': 'step {position} of {length}',
  'walk.at-turn': 'turn {turn}',
  'walk.hint': 'Begin here: Next, or the key →',
  'walk.no-more': '{what} does not come again.',
  'walk.never': '{what} does not come in this trace.',
  'walk.fd.go': 'Go to the next step of fd {fd}',
  'walk.first': 'To the first, step {step}',
  'walk.controls': 'Walk through the steps',
  'walk.home': 'First step',
  'walk.back': 'Back',
  'walk.next': 'Next',
  'walk.turn': 'Next turn',
  'walk.end': 'Last step',
  'walk.play': 'Play',
  'walk.pause': 'Pause',
  'walk.speed': 'Speed',
  'walk.speed.value': '{n} a second',
  'walk.slider': 'Step',
  'walk.with-key': '{name} ({key})',
  'walk.key.next': 'next step',
  'walk.key.back': 'one step back',
  'walk.key.play': 'play, pause',
  'walk.key.home': 'first step',
  'walk.key.end': 'last step',
  'walk.key.turn': 'next turn: the next wake-up of select',
} as const;
