/**
 * Deliberate breaks of src/net: descriptors and select, the buffers of a real connection and those of
 * the simulated one, what waits to be sent, and time.
 * @module
 */

import type { Breaks } from './mutations.js';

export const NET: Breaks = {
  'net/fd-table': [
    ['if (fd < this.#next) this.#next = fd;', '', 'a number that was given back stays unused'],
    ['if (fd >= this.#fdSetSize) this.#beyond.add(fd);', '', 'FD_SETSIZE is not looked at'],
    ['this.#closings++;', '', 'a closed descriptor in a set is not found'],
    ['=== true && !this.ignores(fd)', '=== true', 'what is beyond FD_SETSIZE is reported'],
    [
      'countDistinct(read, write, except)',
      'read.size + write.size + except.size',
      'what is watched twice counts twice',
    ],
    [
      'read.inOrder(readable)',
      '[...readable].filter((fd) => read.has(fd))',
      'a list is in the order of the bytes',
    ],
    ['if (this.get(fd) !== null) return;', 'return;', 'select takes what is not open'],
    [
      'if (descriptor !== null) return descriptor;',
      'return descriptor as T;',
      'a call takes what is not open',
    ],
  ],
  'net/node-connection': [
    ['if (this.#finReceived) return NO_BYTES;', '', 'FIN is not told'],
    [
      'bytes.length <= room ? bytes : bytes.subarray(0, room)',
      'bytes',
      'a send takes more than there is room for',
    ],
    ['if (room <= 0) {', 'if (false) {', 'a full buffer takes no bytes without EAGAIN'],
    ['this.#socket.writableLength > 0)', 'false)', 'a smaller buffer never becomes writable'],
    [
      'setTimeout(() => resetSocket(this.#socket), LINGER_MS)',
      'setTimeout(() => {}, LINGER_MS)',
      'a peer that does not read keeps a closed connection',
    ],
    ['if (rest !== null) {', 'if (false) {', 'what came before RST is lost'],
    [
      'if (this.#queued >= this.#receiveBuffer) this.#regulate();',
      '',
      'a receive buffer has no end',
    ],
    ['if (this.#paused) this.#regulate();', '', 'a full receive buffer stays full'],
    [
      'this.#paused ? this.#receiveBuffer / 2 : this.#receiveBuffer',
      'this.#receiveBuffer',
      'a full receive buffer goes on with each byte that is taken',
    ],
    ['first.length === length || first.length === this.#queued', 'true', 'chunks are not joined'],
    ['if (this.#finSent) {', 'if (false) {', 'one may send behind a shutdown'],
  ],
  'net/outbox': [
    ['taken === 0 ? bytes : bytes.subarray(taken)', 'bytes', 'what was taken is sent again'],
    ["error instanceof SocketError && error.code === 'EAGAIN'", 'true', 'EPIPE is swallowed'],
    ["error instanceof SocketError && error.code === 'EAGAIN'", 'false', 'EAGAIN is an error'],
    ['this.#length > JOINED ?', 'false ?', 'a backlog is copied with each part'],
    [
      '!parts.every((part, i) => part === this.#parts[i])',
      'false',
      'one client gets what is for another',
    ],
    ['this.#parts = [...parts];', 'this.#parts = parts;', 'what was joined changes with its list'],
    ['if (count > 0 && length > JOINED) break;', '', 'all of a backlog is joined'],
  ],
  'net/deadlines': [
    ['if (end > now) break;', 'if (end >= now) break;', 'a deadline is over too late'],
    ['if (end > now) break;', 'if (end > now + 1) break;', 'a deadline is over too early'],
    [
      'over.push(thing);\n      this.#ends.delete(thing);',
      'over.push(thing);',
      'a deadline is told twice',
    ],
    [
      'this.#ends.delete(thing);\n    this.#ends.set',
      'this.#ends.set',
      'what starts again keeps its place',
    ],
  ],
  'net/sim-tcp': [
    [
      'this.#unread.length > 0 && this.kernel.resetUnread',
      'false',
      'a close that throws bytes away sends FIN',
    ],
    [
      'this.#closedFirst = !this.#finReceived;',
      'this.#closedFirst = false;',
      'nobody is in TIME_WAIT',
    ],
    [
      'this.#closedFirst = !this.#finReceived;',
      'this.#closedFirst = true;',
      'both ends are in TIME_WAIT',
    ],
    ['if (this.#finReceived) return NO_BYTES;', '', 'FIN is not told'],
    [
      'return this.#receiveBuffer - this.#unread.length;',
      'return 2 ** 30;',
      'a receive buffer has no end',
    ],
    [
      'bytes.length <= room ? bytes : bytes.subarray(0, room)',
      'bytes',
      'a send takes more than there is room for',
    ],
    ['if (first) this.kernel.becameReadable(this);', '', 'bytes wake nobody'],
    [
      'if (this.#window >= worthwhile) this.#other.#transmit();',
      '',
      'who was stopped stays stopped',
    ],
    ['if (!other.#closed) other.kernel.becameWritable(other);', '', 'room to send wakes nobody'],
  ],
  'net/sim-wire': [
    ['this.notBefore(at);', 'this.#last = at;', 'bytes overtake each other'],
    ['this.#offset += bytes.length;', '', 'each segment begins its stream anew'],
    ['this.#seq++;', '', 'all segments are the first'],
    ['line.isCut = true;', '', 'a connection that was cut goes on'],
    ['now + latency + late', 'now + late', 'a link has no latency'],
    ['this.#random.below(jitter + 1)', 'jitter', 'jitter is the same each time'],
  ],
  'net/sim-accept': [
    [
      'this.#queue.length + this.#handshaking.size <= this.#backlog',
      'this.#queue.length + this.#handshaking.size < this.#backlog',
      'a queue has one place less',
    ],
    [
      '    this.#admit();\n    return connection;',
      '    return connection;',
      'accept lets nobody in',
    ],
    [
      'for (const handshake of this.#outside) handshake.refuse();',
      '',
      'who waits outside is never told',
    ],
    [
      'if (!this.#handshaking.delete(connection)) return;',
      'this.#handshaking.delete(connection);',
      'a closed listener takes connections',
    ],
    [
      'for (const [option, value] of this.options) connection.set(option, value);',
      '',
      'options of a listener are not inherited',
    ],
  ],
  'net/sim-select': [
    [
      'timeoutMs === 0 || this.#interrupted ||',
      'timeoutMs === 0 ||',
      'an interrupt before select is lost',
    ],
    [
      'if (this.#paused) this.#parked.push(call);\n    return this.#paused;',
      'return false;',
      'a paused host goes on',
    ],
    ['Math.max(this.#clock.now, this.#busyUntil));', 'this.#clock.now);', 'a turn takes no time'],
    ['this.#interrupted = false;\n        ready', 'ready', 'one interrupt ends every select'],
    ['Math.max(1, microsOf(timeoutMs))', 'microsOf(timeoutMs)', 'a moment is polled for'],
  ],
};
