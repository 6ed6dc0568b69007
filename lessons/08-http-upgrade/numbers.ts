import { ClientHandshake, makeKey, ServerHandshake } from 'loopscope';

const encoder = new TextEncoder();
const { request } = new ClientHandshake({
  host: '127.0.0.1:8080',
  key: makeKey(encoder.encode('the sample nonce')),
  origin: 'http://localhost:8000',
});

/** How many bytes the handshake of the kit takes before it answers. */
function answeredAfter(): number {
  const handshake = new ServerHandshake();
  let taken = 1;
  while (handshake.feed(request.subarray(taken - 1, taken)) === null) taken++;
  return taken;
}

export default {
  requestLength: () => request.length,
  silent: () => answeredAfter() - 1,
};
