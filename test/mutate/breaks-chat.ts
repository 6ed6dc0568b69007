/**
 * Deliberate breaks of src/chat: the limits, the shares, the clocks and the ends of connections, whose
 * pages and which names are let in, and the client.
 * @module
 */

import type { Breaks } from './mutations.js';

export const CHAT: Breaks = {
  'chat/server': [
    ['outcome.length > 0', 'false', 'frames in the segment of the request are lost', 'chat/limits'],
    [
      "causeOf(received.problem), how: 'refused'",
      "causeOf(received.problem), how: 'left'",
      'who broke the protocol is closed at once',
      'chat/faults',
    ],
    [
      'if (received.reply !== null) this.#clients.queue(client, received.reply);',
      '',
      'no Close and no pong is sent',
      'chat/limits',
    ],
    [
      'received.message !== null && client.isOpen',
      'received.message !== null',
      'frames behind our Close are dealt with',
    ],
    [
      'client.rate.count(now) > most',
      'client.rate.count(now) >= most',
      'a second has one frame less',
    ],
    [
      '++dealtWith >= maxFramesPerTurn',
      'false',
      'a client has all frames of a turn',
      'chat/fairness',
    ],
    ['|| bytes >= maxBytesPerTurn', '', 'a client has all bytes of a turn', 'chat/fairness'],
    [
      'if (!client.connection.hasMore) continue;',
      '',
      'a client waits with nothing to wait for',
      'chat/fairness',
    ],
    [
      'if (this.pending.size > 0) return 0;',
      '',
      'select sleeps while frames wait',
      'chat/fairness',
    ],
    [
      'client.heard = true; // it takes bytes',
      '// it takes bytes',
      'who takes bytes is held for dead',
    ],
    ['if (wasOpen) yield*', 'yield*', 'who never came has left', 'chat/faults'],
    [
      'CloseCode.internalError',
      'CloseCode.normal',
      'a fault of the server is no 1011',
      'chat/faults',
    ],
    ['CloseCode.goingAway', 'CloseCode.normal', 'a server that stops says 1000'],
  ],
  'chat/clients': [
    ['&& outbox.length <= PAUSE_ABOVE', '', 'who does not read is read', 'chat/faults'],
    ['outbox.length > this.#maxOutbox', 'false', 'an outbox has no limit', 'chat/faults'],
    [
      'watch(this.write, fd, outbox.length > 0);',
      '',
      'what was not taken never goes',
      'scenario/simulate',
    ],
    ['if (isPending) this.read.delete(fd);', '', 'who has frames waiting is read', 'chat/fairness'],
    ['if (!client.isOpen) return;', '', 'a second Close is sent', 'chat/faults'],
    [
      'this.from(address.host) - 1',
      'this.from(address.host)',
      'an address never gets a place back',
    ],
    ['this.pending.delete(fd);', '', 'who is gone is still pending', 'chat/fairness'],
    ['this.#net.close(fd);', '', 'a descriptor is never given back', 'chat/faults'],
  ],
  'chat/door': [
    ["neighbours > most ? 'cut' : 'refused'", "'refused'", 'one address holds the places of all'],
    ['isLoopbackAddress(host) ? 0 :', 'false ? 0 :', 'the loopback is counted'],
    [
      "answer.status === 200 ? 'answered' :",
      "false ? 'answered' :",
      'who asks for no WebSocket has broken something',
      'chat/room',
    ],
    ['refuse(503, reason', 'refuse(500, reason', 'who finds no room gets another status'],
  ],
  'chat/client': [
    ["sent: 'draining'", "sent: 'closed'", 'draining is an immediate close', 'chat/faults'],
    ["&& this.connection.state === 'open'", '', 'a client is open behind our Close'],
    [
      'refuses: (headers) => originProblem(headers, limits),',
      '',
      'any page may connect',
      'chat/origin',
    ],
    ['protocols: limits.protocols,', '', 'no subprotocol is agreed on', 'chat/room'],
    ['date,\n', '\n', 'no refusal has a Date', 'chat/room'],
  ],
  'chat/clocks': [
    [
      'this.#handshakes.stop(client);\n    this.#quiet.start(',
      'this.#quiet.start(',
      'the clock of the handshake is never stopped',
    ],
    ['this.#pongs.start(client, now);', '', 'who does not answer a ping stays'],
    ['this.stop(client);\n', '', 'a ping goes out behind a Close'],
    ['if (client.heard) this.#listenOn', 'if (false) this.#listenOn', 'a pong saves nobody'],
    ['if (client.heard) {', 'if (false) {', 'who talks is sent pings'],
    ['client.heard = false;', '', 'one word is heard for ever'],
    [', ...this.#closings.expired(now)', '', 'who never answers our Close stays'],
    ['...this.#handshakes.expired(now),', '', 'a handshake may take for ever'],
  ],
  'chat/limits': [
    ['now - this.#began >= 1_000', 'false', 'a second never ends'],
    ['!(value >= 0)', 'value < 0', 'NaN is a limit'],
    ['clients > maxClients', 'clients > maxClients + 1', 'there is room for one more'],
    [
      'neighbours <= maxClientsPerAddress',
      'neighbours <= maxClientsPerAddress + 1',
      'one more of an address gets in',
    ],
    ['if (odd !== undefined) {', 'if (false) {', 'any text is a subprotocol'],
  ],
  'chat/listener': [
    ['until: this.#net.now() + RETRY_MS', 'until: Infinity', 'accept is never tried again'],
    ['clients < full.clients ||', '', 'who waits gets in too late'],
    [
      'clients < most && this.#full === null',
      'clients < most',
      'the loop spins when no descriptor is left',
    ],
    ['this.#net.close(this.#fd);', '', 'the port of a server that stopped is taken'],
  ],
  'chat/origin': [
    [
      'if (!isOwnHost(host, admission)) return',
      'if (false) return',
      'any name may be made to mean this machine',
    ],
    ['page === own || (', '(', 'pages of the own host are kept out'],
    [
      '(isLoopback(page) && isLoopback(own))',
      'false',
      'the names of the loopback are several hosts',
    ],
    [
      'entry.toLowerCase() === origin.toLowerCase()',
      'origin.startsWith(entry)',
      'an origin is let in by its beginning',
    ],
    ['return isPlain(origin) ?', 'return true ?', 'a command is made of anything'],
    ["name === 'localhost' || isAddress(name)", "name === 'localhost'", 'addresses are kept out'],
    ['!/:\\d*$/.test(entry)', 'true', 'an allowed host may have a port'],
    ['.includes(name)', '.some((one) => name.endsWith(one ?? " "))', 'a host is let in by its end'],
    ["if (allowedOrigins.includes('*')) return true;", '', 'not all are let in by *'],
  ],
  'chat/room': [
    ['if (name === undefined) return;', '', 'who never logged in is announced'],
    ['this.#names.delete(client);', '', 'who has left is in the list'],
    ['if (from !== undefined) {', 'if (false) {', 'a connection logs in twice'],
    ['if (from === undefined) return', 'if (false) return', 'one speaks without a name'],
    ['if (!message.isText) {', 'if (false) {', 'bytes are taken for text'],
    ['CloseCode.unsupportedData', 'CloseCode.normal', 'binary is answered with 1000'],
    [
      "if (reply.type === 'system') yield* tell",
      'if (false) yield* tell',
      'what is for one goes to all',
    ],
  ],
  'chat/vocabulary': [
    [
      '[...name].length > MAX_NAME',
      '[...name].length >= MAX_NAME',
      'a name has one character less',
    ],
    ['[...name].length > MAX_NAME', 'name.length > MAX_NAME', 'characters are counted as units'],
    ['name.length > 2 * MAX_NAME || [...name].length > MAX_NAME', 'false', 'a name has no limit'],
    [
      'if (NOT_IN_NAMES.test(name)) return',
      'if (false) return',
      'a name turns the direction of writing',
    ],
    ["name.replace(INVISIBLE, '') === ''", "name === ''", 'a name may be invisible'],
    ["typeof content !== 'string') return fill", 'false) return fill', 'a name may be a number'],
  ],
  'chat/announcements': [
    ['this.#levelAt(now) <= this.#burst', 'true', 'nothing is gathered'],
    [
      "!this.#gathered.delete(who) || type === 'login'",
      'true',
      'who came and left meanwhile is announced',
    ],
    ['this.#gathered.clear();', '', 'what was gathered goes out for ever'],
    ['(now - this.#at) * this.#bytesPerSecond', '0', 'what went out counts for ever'],
  ],
  'chat/websocket-client': [
    ['new DataView(random(4).buffer).getUint32(0)', '0x37fa213d', 'the masking keys are constant'],
    ['result.rest.length > 0', 'false', 'frames in the segment of the 101 are lost'],
    [
      "this.#deadlines.stop('handshake');\n    this.#options.onopen",
      'this.#options.onopen',
      'the clock of the handshake is never stopped',
    ],
    ['makeKey(random(16))', 'makeKey(new Uint8Array(16))', 'each connection has the same key'],
    ['this.#outbox.length + length <= this.#limits.maxOutbox', 'true', 'all waits that is sent'],
    ['if (!isSlow || this.#untilPong === 0) this', 'this', 'pongs wait without end'],
    ['(this.#lost || this.#outbox.length === 0)', 'true', 'TCP ends in front of what waits'],
    ['if (!this.#open || ', 'if (', 'frames go out in front of the answer'],
    ["reason === '' ? CloseCode.noStatus :", '', 'close without a code says 1000'],
    [
      "this.#fail(wrongAnswer('no-close'))",
      'this.#end({ code: 1000, reason: "" })',
      'an end without a Close says 1000',
    ],
    [
      'else if (received.reply !== null) this.#outbox.push(received.reply);',
      '',
      'no Close goes out',
    ],
    [
      'this.#leave(received.close);',
      'this.#leave({ code: 1000, reason: "" });',
      'the code of the Close that came is not told',
    ],
    [
      '      this.#fail(result.reason);\n      return;',
      '      this.#open = true;\n      return;',
      'a wrong answer opens the connection',
    ],
    ["this.#fail(wrongAnswer('no-answer'))", 'void 0', 'a silent server is waited for without end'],
    ['this.#limits.maxHandshakeLength', '1 << 30', 'an answer has no limit'],
    ['checkRequest(requestOf(parsed, options));', '', 'what cannot stand in a request connects'],
    [
      '{ maxMessageLength, maxFragments, maskingKey, deflate }',
      '{ maxMessageLength, maskingKey, deflate }',
      'a client takes any number of fragments',
    ],
  ],
  'chat/client-options': [
    ["parsed.protocol !== 'ws:'", 'false', 'any scheme is taken'],
    ["url.includes('#')", 'false', 'a fragment is dropped in silence'],
    [
      "parsed.username !== '' || parsed.password !== ''",
      'false',
      'a password is dropped in silence',
    ],
  ],
};
