/**
 * Loads the course's script when the course opens.
 * @module
 */

import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '../../texts/language.js';
import { FILE_LANGUAGE } from '../shared/one-file.js';
import type { Course } from './course.js';

/** What the course's script leaves behind. */
interface Loaded {
  loopscopeCourse?: { readonly course: Course };
}

const loading = new Map<Language, Promise<Course>>();

/**
 * Loads the course, once. From disk too: it is a classic script, since a module would not load there. The
 * page of one file has it already, in the language of the file.
 *
 * @param language English where the course is not there in it
 * @throws Error with the address of the script, which is missing beside the page
 */
export function loadCourse(language: Language = DEFAULT_LANGUAGE): Promise<Course> {
  const own = LANGUAGES.includes(language) ? language : DEFAULT_LANGUAGE;
  const course = loading.get(own) ?? load(own);
  loading.set(own, course);
  course.catch(() => loading.delete(own)); // it may be there at the next try
  return course;
}

async function load(language: Language): Promise<Course> {
  if (import.meta.env.DEV) return (await import('./main.js')).course;
  const loaded = globalThis as Loaded;
  if (FILE_LANGUAGE === null) {
    const script = document.createElement('script');
    script.src = `course.${language}.js`;
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error(script.src));
      document.head.append(script);
    });
  }
  if (loaded.loopscopeCourse === undefined) throw new Error('bug: the course is empty');
  return loaded.loopscopeCourse.course;
}
