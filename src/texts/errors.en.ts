/**
 * What the errors of the core say, by the floor that throws them. The English is their message.
 * @module
 */

/** The texts by key. */
export const errors = {
  'websocket.close-code': 'close code {code} ({name}) may not stand in a Close frame',
  'websocket.no-masking-key': 'a client masks its frames: pass options.maskingKey',
  'websocket.long-ping': 'a ping carries at most 125 bytes, not {length}',
  'websocket.closing': 'nothing may follow our Close frame; ask for the state first',
  'websocket.key': 'the key must be 16 bytes in base64',
  'websocket.host': '{host} is no host with or without a port',
  'websocket.target': '{target} is no path such as /chat?room=1',
  'websocket.origin': '{origin} is no origin such as http://localhost:8000',
  'websocket.protocol': '{protocol} is no subprotocol, or stands there twice',
  'websocket.own-field': "the field {name} is the handshake's own",
  'websocket.field': '{name} cannot stand in a request with this value',
  'websocket.window-bits': 'a window has 8 to 15 bits, not {bits}',

  'net.not-open': 'fd {fd} is not open',
  'net.connection': 'fd {fd} is a connection: accept a listener',
  'net.listener': 'fd {fd} is a listener: use what accept returns',
  'net.port': 'port {port} does not exist: give 0 to 65535',
  'net.host': 'no address is given: 127.0.0.1 is this machine alone',
  'net.length': 'length {length} for fd {fd}: ask for 1 or more',
  'net.option': '{option} {value} for fd {fd}: give a whole number, {least} or more',
  'net.time-out': 'time-out {timeoutMs}: give 0 or more, or null',
  'net.beyond-set':
    'fd {fd} is watched; select takes descriptors below FD_SETSIZE, {fdSetSize}: refuse it earlier',
  'net.watched': 'fd {fd} is watched but not open; delete it from the set when you close it',
  'net.nobody-waits': 'no connection waits at fd {fd}; select it first',
  'net.no-bytes': 'fd {fd} has no bytes yet; select it first',
  'net.no-room':
    'fd {fd} has {queued} bytes waiting and room for {sendBuffer}; select it for writing first',
  'net.shut-down': 'fd {fd} was shut down: send before shutdown',
  'net.lost': 'fd {fd} lost its connection to {host}:{port}; close it',
  'net.kernel': 'fd {fd}: the kernel refused one',
  'net.all-taken': 'all {maxFds} descriptors are taken: close one first',
  'net.lingers': '{host}:{port} has connections, or is in TIME_WAIT: set SO_REUSEADDR, or wait',
  'net.bind.EADDRINUSE': '{where} is taken: stop the other server or choose another port',
  'net.bind.EACCES': '{where} is not open to this user: choose a port of 1024 or more',
  'net.bind.EADDRNOTAVAIL':
    '{where} is no address of this machine: use one of its own, as 127.0.0.1',
  'net.bind.ENOTFOUND': '{where} is no known name: check the spelling or use an IP address',
  'net.connect.ECONNREFUSED': '{where} has no listener: start the server or check the port',
  'net.connect.ETIMEDOUT':
    '{where} does not answer: check the address, then the firewalls on the way',
  'net.connect.ENOTFOUND': '{where} is no known name: check the spelling or use an IP address',
  'net.connect.ECONNRESET': '{where} hung up at once: look into the log of that server',
  'net.connect.ECONNABORTED': '{where} was given up: all descriptors were closed meanwhile',
  'net.failed': '{where} failed ({message})',
  'net.last-blocks': 'more than {most} last blocks',
  'net.too-long': 'over {limit} bytes',

  'broker.url':
    'a broker is redis://HOST:PORT or rediss://HOST:PORT, with NAME:PASSWORD@ before the host where it asks for one',
  'broker.url.more':
    'a broker has a host and a port and nothing behind them: pub/sub knows no databases',
  'broker.url.host': 'a broker is on a host: redis://127.0.0.1:6379',
  'broker.type': '{type} begins no answer of a broker: does something else listen there?',
  'broker.line': 'a line of the broker is longer than {most} bytes',
  'broker.line-end': 'a line of the broker ends in LF without CR',
  'broker.text-end': 'a text of the broker is longer than it said',
  'broker.length': 'a text of the broker of {length} bytes',
  'broker.number': '{line} has no number',
  'broker.parts': 'an answer of the broker has more than {most} parts',
  'broker.refused': 'the broker refuses: {message}',
  'broker.password': 'the broker asks for a password: PASSWORD in redis://:PASSWORD@HOST',
  'broker.too-old': 'the broker does not know HELLO: it needs Redis 6 or later, or Valkey',
  'broker.ended': 'the broker ended the connection',
  'broker.broken': 'the connection to the broker broke: {code}',
  'broker.silent': 'the broker has not answered for {seconds} s',
  'broker.slow': 'more than {most} bytes wait for the broker to take them',
  'broker.unasked': 'the broker answered what nobody asked',

  'sim.turn': 'turnMs {turnMs}: give 0.001 or more, or a loop may stop the clock',
  'sim.piece': 'a rule asks for a piece of {length} of {rest} bytes',
  'sim.host': 'there is a host {name} already',
  'sim.milliseconds': '{name} {ms}: give milliseconds, 0 or more',
  'sim.until': 'run until {untilMs}: give milliseconds',

  'socket.option': 'option {option} at level {level}: see socketFunctions',
  'socket.bound': 'the socket has an address: bind it once',
  'socket.no-port': 'no port: AF_INET takes one',
  'socket.in-use': 'fd {fd} is in use: make another socket',
  'socket.no-listener': 'the socket does not listen: socket_listen it',
  'socket.flags': 'flags {flags}: give 0',
  'socket.none':
    'no socket to watch; at least one array must hold a socket, or the call would only sleep',
  'socket.domain': 'there is no domain {domain}: give AF_INET, SOCK_STREAM, SOL_TCP',
  'socket.type': 'there is no type {type}: give AF_INET, SOCK_STREAM, SOL_TCP',
  'socket.ipv4': 'only IPv4 is here, not domain {domain}: give AF_INET, SOCK_STREAM, SOL_TCP',
  'socket.stream': 'only streams are here, not type {type}: give AF_INET, SOCK_STREAM, SOL_TCP',
  'socket.protocol': 'a stream has no protocol {protocol}: give AF_INET, SOCK_STREAM, SOL_TCP',
  'socket.peer-gone': 'the peer of fd {fd} is gone',
  'socket.fd-no-connection': 'fd {fd} is no connection: use an accepted one',
  'socket.mode': 'a mode that waits: give PHP_BINARY_READ, and look for the end of the line',
  'socket.how': 'how is {how}: give 0, 1 or 2',
  'socket.length': 'length {length}: give 0 or more, or null for all',
  'socket.closed': 'the socket has already been closed',
  'socket.no-socket': '{what} is no socket: PHP throws a TypeError',
  'socket.no-connection': 'the socket has no connection: use an accepted one',
  'socket.only': '{name} has {what} at {key}: only sockets; PHP throws a TypeError',
  'socket.not-open':
    'the socket at {key} is not open; socket_listen it first, and take it out when you close it',

  'trace.not-json': 'trace line {line}: not JSON: {shown}',
  'trace.not-object': 'trace line {line}: not an object',
  'trace.version': 'trace line {line}: version {shown}; this reads version 1',
  'trace.unknown-step': 'trace line {line}: unknown step {shown}',
  'trace.cut-off': 'trace line {line}: cut off: {shown}',
  'trace.too-deep': 'trace line {line}: nested too deep',
  'trace.number': 'trace line {line}: {where} is {shown}; expected a number',
  'trace.optional': 'trace line {line}: {where} is {shown}; expected a number or null',
  'trace.string': 'trace line {line}: {where} is {shown}; expected a text',
  'trace.boolean': 'trace line {line}: {where} is {shown}; expected true or false',
  'trace.hex': 'trace line {line}: {where} is {shown}; expected bytes in hex',
  'trace.fds': 'trace line {line}: {where} is {shown}; expected a list of descriptors',
  'trace.texts': 'trace line {line}: {where} is {shown}; expected a list of texts',
  'trace.samples':
    'trace line {line}: {where} is {shown}; expected a list of pairs of a descriptor and a length',
  'trace.place': 'trace line {line}: {where} is {shown}; expected an object with file and line',
  'trace.refused':
    'trace line {line}: {where} is {shown}; expected an object with status and reason',

  'mend.unknown': '{defect} is no defect that can be mended',

  'limit.number': '{name} is {value}; give a number from 0, or Infinity for no limit',
  'limit.protocol': '{protocol} is no name of a subprotocol',
  'limit.host': '{entry} is no host; give a name without a port, as class.example',
  'limit.origin':
    '{entry} is no origin; give one as browsers send it: https://class.example, http://localhost:5173, null for pages from disk, or * for all',
  'url.none': '{url} is no URL; give one like ws://127.0.0.1:8080',
  'url.scheme': '{url} begins with {scheme}; only ws: is spoken here',
  'url.fragment': '{url} has a fragment, which no server would see; write # as %23',
  'url.user':
    '{url} has a user, which a URL with ws: cannot carry; send a field, such as Authorization',

  'form.unknown':
    'this is text, in none of the forms that are known: hex, base64, dumps of xxd, hexdump, od, Wireshark, certutil and Format-Hex, lists of numbers, strings with escapes, buffers as Node, JSON and Python have them, a head of HTTP',
  'form.gzip': 'this is packed with gzip: unpack it first',
  'form.snoop': 'this is a capture of snoop: make a pcap of it first (editcap -F pcap)',
  'form.har': 'this is a HAR without a WebSocket: save it while the page with one is open',
  'form.har.cut': 'this is a HAR that is cut, or no JSON',
  'capture.none': 'not a pcap or pcapng file',
  'capture.cut': 'the pcap file ends in its header, after {length} bytes of 24',
  'capture.pcap': 'pcap of version {version}; this reads version 2',
  'capture.pcapng': 'pcapng of version {version}; this reads version 1',

  'scenario.missing': '{path}: the key is missing',
  'scenario.field': '{path}: expected {expected}, got {received}',
  'scenario.new-client':
    'steps.{step}.{action}.client: expected a name that no client has had, got "{client}"',
  'scenario.no-client':
    'steps.{step}.{action}.client: expected a client that is connected, got "{client}"',
  'scenario.fork': 'no step {at} to fork at; there are {steps}',
  'play.died': 'step {step}: the server died. {words}; nothing had come in it',
  'play.died.some':
    'step {step}: the server died. {words}; what had come until then: {got} entries',
  'play.died.silently': 'step {step}: the server died.; nothing had come in it',
  'play.died.silently.some':
    'step {step}: the server died.; what had come until then: {got} entries',
  'play.endless':
    'step {step}: the server sent without end: more than {mib} MiB; nothing of this step is kept',
  'play.busy': 'step {step}: the server was not idle within {seconds} s; nothing had come in it',
  'play.busy.some':
    'step {step}: the server was not idle within {seconds} s; what had come until then: {got} entries',
} as const;

/** What a scenario file should have, and what it has instead, within `scenario.field`. */
export const scenarioFields = {
  whole: 'the scenario',
  client: 'a name of letters, digits, - and _',
  hex: 'bytes in hex, two digits each',
  positive: 'a whole number, 1 or more',
  name: 'a name of small letters, digits and -',
  defect: 'a number such as D01',
  never: 'no key of this name',
  missing: 'this key',
  choices: 'one of {choices}',
  Object: 'an object',
  Array: 'a list',
  string: 'a text',
  number: 'a number',
  undefined: 'nothing',
} as const;
