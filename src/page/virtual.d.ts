/** What `tools/page-sources.ts` makes while the page is built. */
declare module 'virtual:sources' {
  const sources: Readonly<Record<string, import('./shared/sources.js').SourceFile>>;
  export default sources;
}

/** What `tools/page-lessons.ts` makes while the page is built. */
declare module 'virtual:lessons' {
  const route: import('./lessons/route.js').Route;
  export default route;
}

/** What `tools/page-recordings.ts` makes while the page is built. */
declare module 'virtual:recordings' {
  const recordings: Readonly<Record<string, import('./compare/recordings.js').PageRecording>>;
  export default recordings;
}
