/**
 * What the room and the mirror write to their clients and into traces beside the chat: `system`
 * texts, reasons of Close frames, why a loop stands still. All of it goes on the wire in English.
 * @module
 */

/** The texts by key. */
export const room = {
  'system.parts': 'a message has a type and a content; this has far more parts',
  'system.json': 'this was not JSON; send {"type":"login","content":"your name"}',
  'system.type': 'unknown type {type}; a client says "login" or "user"',
  'system.content': '"content" of a {type} message must be a text',
  'system.long-name': 'a name has at most {most} characters',
  'system.name':
    'a name must not have control characters, line breaks or signs that turn the direction of writing',
  'system.empty-name': 'a name must not be empty',
  'system.twice': 'you are {name} already: a connection logs in once',
  'system.first': 'log in first: {"type":"login","content":"your name"}',
  'system.broker-away':
    'the broker is away: those on other loops do not hear you, nor you them, until it is back',
  'system.broker-back':
    'the broker is back: you and those on other loops hear each other again, once their loops are back too',
  'close.binary': 'the chat takes text, not binary',
  'close.frames': 'more than {most} frames in a second',
  'close.outbox': 'more than {most} bytes wait for this client to read',
  'close.failed': 'the server failed on this message',
  'close.stops': 'the server stops',
  'block.recv': 'it has sent nothing',
  'block.room': 'there is no room in its send buffer',
  'block.send': '{length} bytes wait for this client to read',
  'broker.own': 'our own, come back',
  'broker.again': 'heard before, or later than what came behind it',
  'broker.text': 'no UTF-8',
  'broker.long': 'longer than any loop writes',
  'broker.json': 'no JSON',
  'broker.shape': 'nothing that a loop of this room writes',
  'broker.loops': 'from more loops than there can be',
} as const;
