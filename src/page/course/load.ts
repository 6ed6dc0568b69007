/**
 * Loads the course's script when the course opens.
 * @module
 */

import type { Course } from './course.js';

/** What the course's script leaves behind. */
interface Loaded {
  loopscopeCourse?: { readonly course: Course };
}

let loading: Promise<Course> | null = null;

/**
 * Loads the course, once. From disk too: it is a classic script, since a module would not load there.
 *
 * @throws Error with the address of the script, which is missing beside the page
 */
export function loadCourse(): Promise<Course> {
  loading ??= load().catch((error) => {
    loading = null; // it may be there at the next try
    throw error;
  });
  return loading;
}

async function load(): Promise<Course> {
  if (import.meta.env.DEV) return (await import('./main.js')).course;
  const loaded = globalThis as Loaded;
  if (loaded.loopscopeCourse === undefined) {
    const script = document.createElement('script');
    script.src = 'course.en.js';
    const done = new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error(script.src));
    });
    document.head.append(script);
    await done;
  }
  if (loaded.loopscopeCourse === undefined) throw new Error('bug: the course is empty');
  return loaded.loopscopeCourse.course;
}
