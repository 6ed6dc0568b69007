/**
 * Texts of the Predict view.
 * @module
 */

/** The texts by key. */
export const predict = {
  'predict.title': 'Predict',
  'predict.question': 'What does the server do next?',
  'predict.before': 'It has just done this:',
  'predict.meanwhile': 'Meanwhile, outside:',
  'predict.right': 'Right: {step}.',
  'predict.wrong': 'Not {chosen}: {step}.',
  'predict.next': 'Next question',
  'predict.again': 'Begin again',
  'predict.back': 'One question back',
  'predict.end': 'That was the last step of this run.',
  'predict.end.next': 'Choose another scenario or the other server, or begin again.',
  'predict.score': '{right} of {asked} right',
  'predict.score.none': 'No answer yet',
  'predict.row': '{row} in a row',
  'predict.forget': 'Forget the score',
  'predict.key.choose': 'choose an answer',
  'predict.key.next': 'next question',
  'predict.key.back': 'one question back',
  'predict.because.socket': 'First there must be a descriptor: all that follows names it.',
  'predict.because.setsockopt':
    'It must stand before bind, else the port of a server that has just ended is refused.',
  'predict.because.bind': 'A listener needs its address before anybody can knock there.',
  'predict.because.listen':
    'Only now does the kernel complete connections; accept comes when one is there.',
  'predict.because.select':
    'Nothing that was ready is left to do, so the loop waits again, and only here.',
  'predict.because.accept':
    'The listener was readable, and that means a connection waits in its queue.',
  'predict.because.recv':
    'select only said that there is something; the bytes lie in the kernel until they are taken.',
  'predict.because.handshake':
    'This client has not been greeted yet, so its bytes are an HTTP request.',
  'predict.because.parse': 'This client is past the handshake, so its bytes are frames.',
  'predict.because.deal':
    'It is known what was said or who has gone; now the room makes its answer.',
  'predict.because.broadcast':
    'The answer becomes one frame, and the list of those who get it is made.',
  'predict.because.send': 'The frame is ready, and now each socket is given its bytes.',
  'predict.because.block': 'This server writes with a call that waits, and the buffer is full.',
  'predict.because.disconnect':
    'This connection is over: it leaves the table before anything else is done with it.',
  'predict.because.error':
    'A rule of the protocol was broken, and that is noted before the connection is ended.',
} as const;
