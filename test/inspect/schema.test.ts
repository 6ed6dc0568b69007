import { toJsonSchema } from '@valibot/to-json-schema';
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { inspect } from '../../src/inspect/inspect.js';
import {
  inspectionSchema,
  inspectSchema,
  lineSchema,
  spanSchema,
} from '../../src/inspect/schema.js';
import { almostFrames } from '../support/arbitraries.js';
import { utf8 } from '../support/bytes.js';

/** As the files hold it. */
function written(title: string, schema: object): string {
  const titled = { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema };
  // lists of words on one line where that is short enough, as Biome has them
  const text = JSON.stringify(titled, null, 2).replace(
    /^( *"\w+": )\[\s+("[^[\]{}]*?")\s+\](,?)$/gm,
    (as, key, words, comma) => {
      const line = `${key}[${words.replace(/,\s+/g, ', ')}]${comma}`;
      return line.length <= 100 ? line : as;
    },
  );
  return `${text}\n`;
}

test('inspection.schema.json is the schema; `npx vitest run test/inspect -u` writes it', async () => {
  const schema = toJsonSchema(inspectSchema, {
    definitions: { span: spanSchema, inspection: inspectionSchema },
  });
  const text = written('What loopscope inspect prints as JSON', schema);
  await expect(text).toMatchFileSnapshot('../../src/inspect/inspection.schema.json');
});

test('inspection-lines.schema.json is that of a line of NDJSON', async () => {
  const schema = toJsonSchema(lineSchema, { definitions: { span: spanSchema } });
  const text = written('A line of what loopscope inspect prints as NDJSON', schema);
  await expect(text).toMatchFileSnapshot('../../src/inspect/inspection-lines.schema.json');
});

test('what an inspection says fits the schema', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    almostFrames('client'),
    almostFrames('server'),
    fc.constant(utf8('GET / HTTP/1.1\r\nHost: a\r\n\r\nHTTP/1.1 404 No\r\n\r\n')),
  );
  fc.assert(
    fc.property(bytes, (bytes) => {
      v.parse(inspectionSchema, JSON.parse(JSON.stringify(inspect(bytes))));
    }),
    { numRuns: 100 },
  );
});
