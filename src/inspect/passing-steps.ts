/**
 * What passes, as steps of a trace: for those who see bytes go by and no server.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { HandshakeStep, ParseStep } from '../trace/event.js';
import type { Passing } from './passing.js';
import { wordsIn } from './words.js';

/**
 * The steps that a trace has a name for. A frame that is too long to keep whole has no `parse`, and
 * the server's frames have none.
 */
export function* stepsOfPassing(fd: Fd, passing: Passing): Generator<HandshakeStep | ParseStep> {
  if (passing.kind === 'handshake' && passing.from === 'server') {
    const { key, accept } = passing.inspection;
    yield { step: 'handshake', fd, key: key ?? '', accept: accept ?? '' };
  } else if (passing.kind === 'http' && passing.refused !== null) {
    // a trace is English, whatever the language of who watches
    const reason = wordsIn()('passing.answer', { line: passing.line });
    yield { step: 'handshake', fd, refused: { status: passing.refused, reason } };
  } else if (passing.kind === 'frame' && passing.from === 'client' && passing.bytes !== null) {
    const { fin, opcode, masked, payloadLength } = passing.header;
    yield { step: 'parse', fd, fin, opcode, masked, payloadLength, bytes: passing.bytes };
  }
}
