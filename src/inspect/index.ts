/**
 * The inspector: bytes explained, every one of them.
 * @module
 */

export { CaptureError, isCapture } from './capture.js';
export { captureStreams, type NamedStream, type NamedStreams } from './capture-streams.js';
export type { CaptureTime } from './capture-time.js';
export { type FormName, type FormRead, readBase64, readForm, readHex } from './forms.js';
export { type InspectedSection, type InspectionHtmlOptions, inspectionHtml } from './html.js';
export * from './inspect.js';
export * from './inspection.js';
export { type InspectionJsonOptions, inspectionJson } from './json.js';
export type { NamedBytes } from './literals.js';
export { MEANINGS, type Meanings, meaningsIn } from './meanings.js';
export type { HarMessage } from './named-streams.js';
export { ORIGINAL_RECV_LENGTH } from './original.js';
export * from './text.js';
export { TextBudget } from './text-budget.js';
