/** What `tools/page-sources.ts` makes while the page is built. */
declare module 'virtual:sources' {
  const sources: Readonly<Record<string, import('./shared/sources.js').SourceFile>>;
  export default sources;
}

/** What `tools/page-course.ts` makes: the lessons, as data. */
declare module 'virtual:course' {
  const data: {
    readonly language: import('../texts/language.js').Language;
    readonly lessons: readonly import('./course/course.js').LessonData[];
  };
  export default data;
}

/** What `tools/page-course.ts` makes: the script of the worker, course/worker.ts, as a text. */
declare module 'virtual:course-worker' {
  const script: string;
  export default script;
}

/** What `tools/page-course.ts` makes for the worker: the modules that a lesson's files import. */
declare module 'virtual:course-modules' {
  type Module = import('../lesson/trouble.js').Module;
  type Check = import('../lesson/checker.js').Check<Module>;
  /** By the name of the lesson's folder. */
  export const lessons: Readonly<
    Record<
      string,
      {
        check: () => Promise<{ default: Check }>;
        /** What the exercise exports as it is handed out. */
        exported: Readonly<Record<string, 'function' | 'value'>>;
      }
    >
  >;
  /** By `loopscope`, or by the path under the lessons, `10-two-bytes/quiz.ts`. */
  export const files: Readonly<Record<string, () => Promise<Module>>>;
}

/** What `tools/page-mine.ts` makes: the script of the worker, mine/worker.ts, as a text. */
declare module 'virtual:mine-worker' {
  const script: string;
  export default script;
}

/** What `tools/page-recordings.ts` makes for sources that are served as they are. */
declare module 'virtual:recordings' {
  const recordings: Readonly<Record<string, import('./compare/recordings.js').PageRecording>>;
  export default recordings;
}

/** What `tools/page-texts.ts` makes: the tables of a further language, put where they are said. */
declare module 'virtual:texts';

/** What `tools/page-chunks.ts` makes: it leaves the page's modules where the scripts that are loaded take them. */
declare module 'virtual:handed-over';
