/**
 * The JSON form of an inspection as a schema; inspection.schema.json is written from it.
 * @module
 */

import * as v from 'valibot';

const count = v.pipe(v.number(), v.minValue(0));
const offset = v.pipe(count, v.integer());
/** Digits where a number cannot hold it. */
const exact = v.union([count, v.pipe(v.string(), v.regex(/^[1-9][0-9]{15,19}$/))]);
const hex = v.pipe(v.string(), v.regex(/^([0-9a-f]{2})*$/));
const role = v.picklist(['client', 'server']);
const bits = v.strictObject({ name: v.string(), mask: offset, value: offset });

const spanEntries = {
  field: v.string(),
  start: offset,
  end: offset,
  bits: v.optional(v.array(bits)),
  meaning: v.string(),
  section: v.string(),
};

/** A span, with its parts. */
export const spanSchema: v.GenericSchema = v.strictObject({
  ...spanEntries,
  parts: v.optional(v.array(v.lazy(() => spanSchema))),
});

const finding = v.strictObject({
  code: v.string(),
  closeCode: v.nullable(offset),
  section: v.string(),
  message: v.string(),
});

const header = v.strictObject({
  fin: v.boolean(),
  rsv1: v.boolean(),
  rsv2: v.boolean(),
  rsv3: v.boolean(),
  opcode: v.pipe(offset, v.maxValue(15)),
  opcodeName: v.string(),
  masked: v.nullable(v.boolean()),
  maskingKey: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/))),
  payloadLength: v.nullable(exact),
});

const payload = v.strictObject({
  hex,
  inflated: v.optional(hex),
  text: v.optional(v.string()),
  json: v.optional(v.any()),
  close: v.optional(v.strictObject({ code: offset, name: v.string(), reason: v.string() })),
});

const message = v.strictObject({
  offset,
  frame: offset,
  length: offset,
  text: v.optional(v.string()),
});

const place = { direction: role, offset, length: offset };
/** Spans are left out of what begins behind the first 65,536 bytes. */
const explained = { spans: v.optional(v.array(spanSchema)), problems: v.array(finding) };

/** When a frame came; and how many seconds after the one before it in its direction. */
const time = v.strictObject({
  at: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/)),
  after: v.optional(v.pipe(v.string(), v.regex(/^-?\d+(\.\d{1,9})?$/))),
});

const frame = {
  ...place,
  time: v.optional(time),
  header,
  payload,
  message: v.optional(message),
  // bytes that were kept, where it is too long to keep whole
  kept: v.optional(offset),
  ...explained,
};

const handshake = {
  ...place,
  key: v.nullable(v.string()),
  accept: v.nullable(v.string()),
  acceptOk: v.nullable(v.boolean()),
  ...explained,
};

const original = {
  recv: v.strictObject({ offset, length: offset }),
  reads: v.string(),
  defect: v.nullable(v.pipe(v.string(), v.regex(/^D\d\d$/))),
};

const rest = {
  offset,
  length: offset,
  needs: exact,
  meaning: v.string(),
  spans: v.optional(v.array(spanSchema)),
};

/** The form in which bytes stood as text, where they did. */
const form = v.optional(v.string());

/** An inspection as JSON; `omitted` says so where spans or their parts are left out of a long one. */
export const inspectionSchema = v.strictObject({
  form,
  frames: v.array(v.strictObject(frame)),
  handshakes: v.array(v.strictObject(handshake)),
  original: v.array(v.strictObject(original)),
  rest: v.nullable(v.strictObject(rest)),
  omitted: v.optional(v.string()),
});

/** A message as a HAR has it: its text, or its bytes in hex. */
const harMessage = {
  direction: role,
  time: v.nullable(v.string()),
  opcode: v.pipe(offset, v.maxValue(15)),
  opcodeName: v.string(),
  length: offset,
  text: v.optional(v.string()),
  hex: v.optional(hex),
};

/**
 * The inspections of the streams of a trace or a capture. A `note` says what is missing of a stream's
 * bytes, `messages` are those of a HAR, `notes` what of the input could not be read or is not explained.
 */
export const streamsSchema = v.strictObject({
  streams: v.array(
    v.strictObject({
      name: v.string(),
      note: v.optional(v.string()),
      inspection: inspectionSchema,
      messages: v.optional(v.array(v.strictObject(harMessage))),
    }),
  ),
  notes: v.array(v.string()),
  form,
});

/** What `loopscope inspect --format json` prints. */
export const inspectSchema = v.union([inspectionSchema, streamsSchema]);

const stream = offset;

/**
 * One line of what `loopscope inspect --format ndjson` prints. Lines of several streams may be mixed;
 * within one they are in order: `stream`, then handshakes and frames, `rest`, the messages of a HAR,
 * `original`, `end`. Of a
 * frame that is too long to keep, `kept` bytes are told. Spans of more than 65,536 bytes have no parts.
 */
export const lineSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('note'), note: v.string() }),
  v.strictObject({
    kind: v.literal('stream'),
    stream,
    name: v.string(),
    note: v.optional(v.string()),
  }),
  v.strictObject({ kind: v.literal('handshake'), stream, ...handshake }),
  v.strictObject({ kind: v.literal('frame'), stream, ...frame }),
  v.strictObject({ kind: v.literal('rest'), stream, ...rest }),
  v.strictObject({ kind: v.literal('message'), stream, ...harMessage }),
  v.strictObject({ kind: v.literal('original'), stream, ...original }),
  v.strictObject({ kind: v.literal('end'), stream, frames: offset, problems: offset }),
]);
