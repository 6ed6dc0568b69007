/** What `loopscope inspect --format json` writes of some bytes, piece by piece. */

import { Beginning } from '../../src/inspect/beginning.js';
import { InspectionStream, type InspectOptions } from '../../src/inspect/inspection-stream.js';
import { InspectionJson } from '../../src/inspect/json.js';

export function* jsonPieces(bytes: Uint8Array, options: InspectOptions = {}): Generator<string> {
  const { language } = options;
  const json = new InspectionJson(language === undefined ? {} : { language });
  const stream = new InspectionStream(options);
  const beginning = new Beginning();
  yield json.open();
  for (const all of [stream.push(bytes), stream.end()]) {
    for (const told of all) {
      beginning.take(told);
      yield json.told(told);
    }
  }
  yield* json.end(beginning.original(stream.from, options));
}
