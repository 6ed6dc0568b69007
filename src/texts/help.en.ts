/**
 * What `--help` says, and what is said of an option or an argument that does not fit.
 * @module
 */

/** The texts by key: the command, and behind a point its option, its examples, or what was wrong. */
export const help = {
  loopscope: 'See the select loop: a WebSocket chat server, step by step and byte by byte.',
  'loopscope.help': 'display help for command',
  'loopscope.version': 'output the version number',
  'loopscope.full': 'the output ends here: {why}',
  'loopscope.lang': 'the language: {there} (default: LOOPSCOPE_LANG, or that of the system)',

  'heading.usage': 'Usage:',
  'term.options': '[options]',
  'term.command': '[command]',
  'heading.arguments': 'Arguments:',
  'heading.options': 'Options:',
  'heading.commands': 'Commands:',
  'note.choices': '{text} (choices: {choices})',
  'note.default': '{text} (default: {value})',
  'note.both': '{text} (choices: {choices}, default: {value})',

  'option.profile': 'the room that obeys the RFC, or the mirror of the PHP original',
  'option.trace-limit': 'how much a file of steps may take; then it ends',
  'option.force': 'write over a file that is there already',
  'option.format': 'how to print it',
  'option.host': 'the address to listen on',
  'option.seed': 'the seed of a scenario',

  serve: 'run the chat room, and print every step of its loop',
  'serve.port':
    'the port to listen on; 0 takes any free one (default: 8080, or the next that is free)',
  'serve.trace': 'print the steps, or not, or write them to a file as NDJSON',
  'serve.step': 'stand still at each step, in the stepper and on the page',
  'serve.deflate': 'compress messages for clients that offer permessage-deflate',
  'serve.allow-origin':
    'let in pages of this origin too (https://class.example; null: from disk; *: all); repeatable',
  'serve.allow-host':
    'let pages call this server by this name too, as behind a proxy (class.example); repeatable',
  'serve.max-clients': 'how many may be in the room (default: 960)',
  'serve.ping': 'ping who was silent so long; 0 for never (default: 30)',
  'serve.broker':
    'be one room with other loops, over Redis or Valkey: redis://HOST:PORT, rediss:// for TLS',
  'serve.page-port': "the page's port (default: 8000, or the next that is free; with --port 0 any)",
  'serve.no-page': 'serve no page beside the socket',
  'serve.examples': `
Examples:
  loopscope serve                       the room on port 8080, its page on 8000
  loopscope serve --host 0.0.0.0        for the local network, with a QR code
  loopscope serve --port 0 --step       any free port, one key a step
  loopscope serve --trace chat.ndjson   keep the steps for later
  loopscope serve --broker redis://127.0.0.1:6379   one room with others on that Redis
  loopscope serve --allow-origin null   let in pages that are opened from disk`,

  step: 'step through a scenario or a trace in the terminal, forwards and backwards',
  'step.what': 'the name or the file of a scenario, a trace (.ndjson), or what strace wrote',
  'step.profile': 'which server; of a trace, whose source to show (default: rfc6455)',
  'step.at': 'open at the step with this seq',
  'step.loop': 'which loop of what strace wrote (default: the one with the most steps)',
  'step.examples': `
Examples:
  loopscope step two-clients
  loopscope step split-handshake --profile original
  loopscope step chat.ndjson --at 12
  loopscope step calls.txt --loop 2
  loopscope step two-clients | less     without a terminal it prints every step`,

  compare: 'hold two servers against each other, to the byte',
  'compare.scenario': 'the name or the file of a scenario, or all',
  'compare.left':
    'rfc6455, original, mine, php:PATH, cmd:COMMAND with {port} in it, tcp:HOST:PORT or recording:FILE (default: original)',
  'compare.right': 'the same (default: the PHP twin, or its recording where there is no PHP)',
  'compare.why': 'play the mirror again with its mistakes mended, to prove which part the two',
  'compare.how': 'tell how they behave, too: wake-ups for nothing, time, sizes, descriptors',
  'compare.php8': 'run a temporary copy of php:PATH with the repairs that PHP 8 needs',
  'compare.syscalls': 'make the steps of php:PATH from its system calls (Linux, strace)',
  'compare.examples': `
Examples:
  loopscope compare two-clients
  loopscope compare eight-bytes --left original --right rfc6455
  loopscope compare two-frames --right rfc6455 --why
  loopscope compare two-clients --right "cmd:python3 my_server.py {port}"
  loopscope compare all --format json
  loopscope compare two-clients --right php:my-server.php --php8`,

  fuzz: 'hold a server against another in random conversations; keep what parts them',
  'fuzz.left': 'original, rfc6455, php:PATH, cmd:COMMAND with {port} in it, or tcp:HOST:PORT',
  'fuzz.right': 'the same',
  'fuzz.seed': 'the seed of all that is random (default: another one each time)',
  'fuzz.conversations': 'how many are played',
  'fuzz.examples': `
Examples:
  loopscope fuzz --right php:my-server.php --php8
  loopscope fuzz --right "cmd:python3 my_server.py {port}" --seed 7
  loopscope fuzz --left original --right rfc6455 --conversations 100`,

  sim: 'play a scenario on the simulated network, and tell the story',
  'sim.scenario': 'the name or the file of a scenario',
  'sim.seed': 'the seed of all that is random',
  'sim.trace': 'write the trace as NDJSON',
  'sim.diagram': 'draw who sent what to whom; FILE gets it as SVG',
  'sim.cut': 'try every cut of every stream',
  'sim.examples': `
Examples:
  loopscope sim two-clients --seed 7
  loopscope sim two-loops --seed 7      two loops and a broker, and a partition
  loopscope sim split-handshake --profile original --cut every`,

  inspect: 'explain WebSocket bytes, every one of them',
  'inspect.file':
    'a file of bytes, hex or base64, a trace, or a pcap or pcapng capture; - for the standard input',
  'inspect.hex': 'bytes in hex, with any usual spacing',
  'inspect.base64': 'bytes in base64',
  'inspect.raw': 'take FILE as the bytes that it holds, whatever they look like',
  'inspect.deflate':
    'permessage-deflate was agreed on, with these parameters as the answer writes them: "server_max_window_bits=9"; behind FILE',
  'inspect.role': 'who sent the bytes; auto goes by the mask bit',
  'inspect.examples': `
Examples:
  loopscope inspect --hex 818537fa213d7f9f4d5158
  loopscope inspect --hex 88823f1c2a5d3cf5
  loopscope inspect --hex 88823f1c2a5d3cf5 --format html > close.html
  xxd frames.bin | loopscope inspect -
  loopscope inspect capture.pcap`,

  tap: 'stand between a browser and a WebSocket server, and print every frame',
  'tap.port': 'the port to listen on; 0 takes any free one',
  'tap.server':
    'the server to pass on to: HOST:PORT, or wss://HOST[:PORT][/PATH]; a page says ws:// to the tap all the same',
  'tap.insecure': 'pass on to a server of wss: whatever certificate it shows',
  'tap.trace': 'write what passes as NDJSON, for loopscope inspect and step',
  'tap.examples': `
Examples:
  loopscope tap 9000 127.0.0.1:8080
  loopscope tap 9000 wss://chat.example/room
  loopscope tap 9000 127.0.0.1:8080 --trace tap.ndjson`,

  watch: 'run any server and show what its loop does, from its system calls (Linux)',
  'watch.command': 'the program and its arguments, behind --',
  'watch.attach': 'watch a process that runs already',
  'watch.read': 'tell what strace -f -ttt -T -xx -yy wrote to this file, on any system',
  'watch.fault': 'give the server a fault, with clients of ours, and say what it does',
  'watch.trace': 'write the steps as NDJSON, for loopscope step and the page',
  'watch.source': 'beside each step the line of the program, of one compiled with -g',
  'watch.step': 'show the steps in the stepper, as they come',
  'watch.page': 'show the steps on the page, as they come',
  'watch.page-port': "the page's port (default: 8000, or the next that is free)",
  'watch.quiet': 'say only at the end what the loop is like',
  'watch.examples': `
Examples:
  loopscope watch -- python3 server.py 8080
  loopscope watch --trace chat.ndjson -- node server.js
  loopscope watch --page -- php server.php
  loopscope watch --fault slow-reader -- node server.js
  loopscope watch --source --step -- ./server
  loopscope watch --read strace.txt`,

  probe: 'ask a WebSocket server every rule of the RFC, and say which it keeps',
  'probe.server':
    'its address, ws://HOST:PORT; or rfc6455 or original, ours on the simulated network',
  'probe.only': 'ask about this alone',
  'probe.patience': 'seconds that the server may be silent',
  'probe.examples': `
Examples:
  loopscope probe ws://127.0.0.1:8080
  loopscope probe original
  loopscope probe ws://127.0.0.1:8080 --only utf8
  loopscope probe ws://127.0.0.1:8080 --format json > report.json`,

  chat: 'join a room from this terminal',
  'chat.url': 'the address of the room',
  'chat.name': 'the name to log in with',
  'chat.examples': `
Examples:
  loopscope chat --name Ada
  loopscope chat ws://127.0.0.1:9000 --name 小明`,

  lesson: 'list the lessons and what was done, or run one',
  'lesson.number': 'the number of the lesson',
  'lesson.live': 'on real sockets of this machine',
  'lesson.step': "open the demo's trace in the stepper afterwards",
  'lesson.mine': 'run your own demo, the one in loopscope-lessons/',
  'lesson.read': 'read its text here, page by page, without the answers',
  'lesson.route': 'go on along a route: of 45, 90 or four times 90 minutes, or alone',
  'lesson.examples': `
Examples:
  loopscope lesson                      what there is, and what was done
  loopscope lesson 0
  loopscope lesson 0 --read             its text
  loopscope lesson 0 --mine             the demo as you have changed it
  loopscope lesson --route alone        the next of all, for who learns alone
  loopscope lesson 0 --live --step`,

  check: 'check the exercise of a lesson',
  'check.all': 'check all that were begun',
  'check.hint': 'give a hint, from gentle to plain',
  'check.watch': 'check again at each save, until Ctrl-C',
  'check.reset': 'bring the exercise back as it was handed out; yours is kept',
  'check.yes': 'with --reset: do not ask',
  'check.format': 'for a person, or for a program that grades',
  'check.examples': `
Examples:
  loopscope check 11
  loopscope check 11 --hint 1
  loopscope check --all
  loopscope check --all --format junit`,

  mine: "your own server: the parts that you wrote, and the kit's in the place of the others",
  'mine.examples': `
Examples:
  loopscope mine                        which parts are yours, and what comes next
  loopscope mine serve                  on a port`,
  'mine.serve': 'open it on a port, with the limits of the room',
  'mine.serve.examples': `
Examples:
  loopscope mine serve                  on port 8080, its page on 8000
  loopscope mine serve --step           one key a step, your own calls among them`,
  'mine.play': 'play a scenario on it, your own calls among the steps',
  'mine.play.examples': `
Examples:
  loopscope mine play two-clients
  loopscope mine play two-clients --cut every
  loopscope mine play two-clients --trace mine.ndjson --force`,
  'mine.write': 'write it as one file, which runs by itself',
  'mine.write.file': 'the file to write',
  'mine.write.examples': `
Examples:
  loopscope mine write
  loopscope mine write my-server.ts --force`,
  class: 'a class: its room and votes, and what its students have done',
  'class.all.examples': `
Examples:
  loopscope class serve
  loopscope class join 192.168.1.5:8000
  loopscope class report loopscope-class`,
  'class.serve': "serve a class: the page with the course, the room, votes, and the teacher's desk",
  'class.serve.dir':
    'where names, votes and progress are kept, to go on with next time (default: loopscope-class; of a rehearsal, loopscope-rehearsal)',
  'class.serve.port':
    'the port of the room; 0 takes any free one (default: that of the last time, or 8080)',
  'class.serve.page-port':
    "the page's port, which the students type (default: that of the last time, or 8000)",
  'class.serve.rehearse':
    'let so many played students come, to try it alone: they talk, vote, leave; one is slow, one hostile',
  'class.serve.seed': 'the seed of what they do (default: 1)',
  'class.serve.examples': `
Examples:
  loopscope class serve                 for the local network; kept in loopscope-class
  loopscope class serve monday --step   in the folder monday, one key a step
  loopscope class serve --rehearse 30   with thirty played students`,
  'class.join': 'join a class from a terminal: each check then tells it how far you are',
  'class.join.address': 'what stands on the wall, HOST:PORT; or ws://HOST:PORT of the room',
  'class.join.name': 'your name there (default: none)',
  'class.join.examples': `
Example:
  loopscope class join 192.168.1.5:8000 --name Ada`,
  'class.report': "tally the students' progress.json files, and what came in class serve",
  'class.format': 'how to print it; csv and json have a row a student',
  'class.dir': 'the folder of class serve, or one with a folder or a NAME.json for each student',
  'class.examples': `
Examples:
  loopscope class report collected
  loopscope class report loopscope-class --format csv > class.csv`,
  'class.check': 'run the exercises anew that students have handed in; their files are programs',
  'class.check.dir': 'a folder with a folder for each student, as loopscope-lessons is',
  'class.check.examples': `
Examples:
  loopscope class check collected
  loopscope class check collected --format csv`,

  doctor: 'say what is on this machine, and what each thing is for',
  'doctor.examples': `
Example:
  loopscope doctor`,

  'wrong.port': 'A port is a whole number from 0 to 65535.',
  'wrong.upstream':
    'Give a host and a port from 1 to 65535, as 127.0.0.1:8080, or a URL of wss:, as wss://chat.example/room.',
  'wrong.seq': 'It is a whole number, as in the trace.',
  'wrong.players': 'Give a whole number of played students, 1 to 100.',
  'wrong.seed': 'A seed is a whole number of at most nine digits.',
  'wrong.lesson': 'They begin at 0.',
  'wrong.host': 'Give an address, as 127.0.0.1; 0.0.0.0 is every network.',
  'wrong.conversations': 'It is a whole number, 1 or more.',
  'wrong.clients': 'Give a whole number from 1.',
  'wrong.pid': 'Give the number of a process, 1 or more.',
  'wrong.seconds': 'Give whole seconds, 0 for no pings.',
  'wrong.patience': 'Give whole seconds from 1 to 999.',
  'wrong.mebibytes': 'Give whole MiB from 1.',

  'wrong.unknownOption': "unknown option '{name}'",
  'wrong.unknownCommand': "unknown command '{name}'",
  'wrong.similar': '(Did you mean {name}?)',
  'wrong.similar.n': '(Did you mean one of {name}?)',
  'wrong.missingArgument': "missing required argument '{name}'",
  'wrong.optionMissingArgument': "option '{name}' argument missing",
  'wrong.excessArguments':
    'too many arguments. Expected {expected, plural, one {# argument} other {# arguments}} but got {got}.',
  'wrong.excessArguments.of':
    "too many arguments for '{name}'. Expected {expected, plural, one {# argument} other {# arguments}} but got {got}.",
  'wrong.option': "option '{name}' argument '{value}' is invalid. {why}",
  'wrong.argument': "not a {name}: '{value}'. {why}",
  'wrong.number': "not the number of a lesson: '{value}'. {why}",
  'wrong.choices': 'Allowed choices are {choices}.',
} as const;
