import { encodeFrame, Opcode, SCENARIO_MASKING_KEY, type Scenario, script } from 'loopscope';
import { EXHIBITS } from './exhibits.js';
import { lengthOf, visit } from './visit.js';

const { connect, handshake, scenario, text } = script;

const alone: Scenario = scenario('alone', 'one client').step(connect('A'));
const hello: Scenario = scenario('hello', 'no JSON')
  .step(connect('A'), handshake('A'))
  .step(text('A', 'hello world'));

/** Bytes in front of the payload of a short frame from a client. */
function inFront(): number {
  const payload = new Uint8Array(40);
  const frame = encodeFrame(Opcode.text, payload, { maskingKey: SCENARIO_MASKING_KEY });
  return frame.length - payload.length;
}

export default {
  exhibits: () => EXHIBITS.size,
  inFront,
  character: () => new TextEncoder().encode('字').length,
  spinning: async () => (await visit(alone, EXHIBITS.get('write-always-watched'))).wakeUps,
  sound: async () => (await visit(alone)).wakeUps,
  hello: () => lengthOf(hello),
};
