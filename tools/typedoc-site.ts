/**
 * A plugin for typedoc: the guides and the lessons become pages of one site with the reference. They
 * get their titles, groups and addresses here, and links between a lesson and what it uses, so that
 * the Markdown stays what GitHub shows.
 * @module
 */

import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import {
  type Application,
  Comment,
  type CommentDisplayPart,
  CommentTag,
  Converter,
  type DeclarationReflection,
  type DocumentReflection,
  IndexEvent,
  PageEvent,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
  RendererEvent,
  Slugger,
} from 'typedoc';
import { inColumns } from './columns.js';
import { brokenLinks } from './site-links.js';
import { askForPairs, chineseField } from './site-search.js';

/** The sources that a guide points at: a browser shows them as text only under such a name. */
const SOURCE = /\.(ts|php|sh|ndjson)$/;

/** The groups of documents, in each language. */
const GROUPS = {
  en: { lessons: 'Lessons', docs: 'Guides', teaching: 'For the teacher', project: 'The project' },
  zh: { lessons: '课文', docs: '文档', teaching: '写给教师', project: '关于项目' },
} as const;

/** Called by typedoc. */
export function load(app: Application): void {
  namePlacesPlainly();
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    place(document, pathOf(document));
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    linkTwins(project);
    linkLessons(project);
  });
  app.renderer.on(PageEvent.END, (page) => {
    const language = page.url.endsWith('.zh.html') ? 'zh-Hans-CN' : 'en';
    page.contents = (page.contents ?? '')
      .replace(' lang="en"', ` lang="${language}"`)
      .replaceAll('href="../"', 'href="../index.html"') // a browser does not look for it on a disk
      .replace(/(href="[^"]*media\/[\w.-]+?\.(?:ts|php|sh|ndjson))(["#])/g, '$1.txt$2')
      // an indented block is an output or a picture, unless it is commands, which may be wrapped
      .replace(/<pre><code>(?=(?:npx|npm|node|git|docker) )/g, '<pre><code class="bash">')
      .replace(/<pre>.*?<\/pre>/gs, inColumns);
  });
  app.renderer.on(RendererEvent.BEGIN, ({ project }) => entitle(project));
  app.renderer.on(IndexEvent.PREPARE_INDEX, findByWords);
  app.renderer.on(RendererEvent.END, ({ outputDirectory }) => {
    nameAsText(outputDirectory);
    if (!askForPairs(outputDirectory)) app.logger.warn('the search of the site has changed');
    for (const link of brokenLinks(outputDirectory)) app.logger.warn(`a broken link in ${link}`);
  });
}

/**
 * The search finds a lesson by its ideas first, before the many names that hold the same word; of a
 * Chinese document the Chinese words alone, so that an English question finds the English one first.
 */
function findByWords(index: IndexEvent): void {
  Object.assign(index.searchFieldWeights, { ideas: 1000, titles: 10, words: 1 });
  for (const [i, result] of index.searchResults.entries()) {
    if (!result.isDocument()) continue;
    const { title, ideas = [] } = result.frontmatter;
    const named = [title, ideas].flat().join(' ');
    const isLesson = pathOf(result).startsWith('lessons/');
    if (isChinese(result)) {
      index.searchFields[i] = {
        [isLesson ? 'ideas' : 'titles']: chineseField(named),
        words: chineseField(textOf(result.content)),
      };
    } else if (isLesson) index.searchFields[i] = { ideas: named };
  }
}

/** Gives a place the name that GitHub gives it: typedoc would leave the wide punctuation in. */
function namePlacesPlainly(): void {
  const { slug } = Slugger.prototype;
  Slugger.prototype.slug = function (this: Slugger, value: string): string {
    return slug.call(this, value.replace(/[，。：；、？！（）“”]/g, ''));
  };
}

/** The path of a document in the repository, with slashes. */
function pathOf(document: Reflection): string {
  const path = document.project.files.getReflectionPath(document) ?? '';
  return relative(process.cwd(), path).replaceAll('\\', '/');
}

function isChinese(document: Reflection): boolean {
  return pathOf(document).endsWith('.zh.md');
}

/**
 * A document's title is its first heading; where it stands goes by its folder. Its name becomes its
 * address, so that is plain until the addresses are given out.
 */
function place(document: DocumentReflection, path: string): void {
  const { frontmatter } = document;
  const folder = basename(dirname(path));
  const isOwn = path.endsWith('.zh.md');
  const groups = GROUPS[isOwn ? 'zh' : 'en'];
  if (path.startsWith('lessons/')) {
    // typedoc has made the title of the front matter its name
    frontmatter.title = `${Number(folder.slice(0, 2))}. ${document.name}`;
    document.name = `lesson-${folder}${isOwn ? '.zh' : ''}`;
    frontmatter.group = groups.lessons;
    return;
  }
  document.name = basename(path, '.md')
    .replace('README', folder === '.' ? 'readme' : folder)
    .toLowerCase();
  frontmatter.title = /^# (.*)$/m.exec(textOf(document.content))?.[1] ?? document.name;
  frontmatter.group = groups[folder as keyof typeof groups] ?? groups.project;
}

function entitle(project: ProjectReflection): void {
  for (const document of project.documents ?? []) document.name = `${document.frontmatter.title}`;
}

function textOf(content: readonly CommentDisplayPart[]): string {
  return content.map(({ text }) => text).join('');
}

/** Links each lesson, under its heading, with itself in the other language; other documents do so themselves. */
function linkTwins(project: ProjectReflection): void {
  const lessons = (project.documents ?? []).filter((one) => pathOf(one).startsWith('lessons/'));
  const byPath = new Map(lessons.map((lesson) => [pathOf(lesson), lesson]));
  for (const [path, lesson] of byPath) {
    const isOwn = isChinese(lesson);
    const twin = byPath.get(isOwn ? path.replace('.zh.md', '.md') : path.replace('.md', '.zh.md'));
    const [first] = lesson.content;
    if (twin === undefined || first === undefined) continue;
    const [heading = '', ...rest] = first.text.trimStart().split('\n');
    first.text = rest.join('\n');
    const link = linkTo(twin, isOwn ? 'English' : '中文');
    lesson.content.unshift({ kind: 'text', text: `${heading}\n\n` }, link);
  }
}

/** Links each lesson with what its files import from the package, there and back. */
function linkLessons(project: ProjectReflection): void {
  for (const lesson of project.documents ?? []) {
    if (!pathOf(lesson).startsWith('lessons/')) continue;
    const used = importsOf(dirname(project.files.getReflectionPath(lesson) ?? ''));
    const found = exportsOf(project).filter(({ name }) => used.has(name));
    if (found.length === 0) continue;
    const heading = isChinese(lesson) ? '参考里的条目' : 'In the reference';
    lesson.content.push({ kind: 'text', text: `\n\n## ${heading}\n\n` });
    for (const [i, reflection] of found.entries()) {
      if (i > 0) lesson.content.push({ kind: 'text', text: ', ' });
      lesson.content.push(linkTo(reflection, `\`${reflection.name}\``));
      pointBack(reflection, lesson);
    }
  }
}

/** The names that a lesson's own files import from `loopscope` and its other entrances. */
function importsOf(folder: string): Set<string> {
  const names = ['demo.ts', 'exercise.ts', 'solution.ts'];
  const files = readdirSync(folder).filter((name) => names.includes(name));
  const sources = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const lists = [...sources.matchAll(/^import (?:type )?\{([^}]*)\} from 'loopscope(?:\/\w+)?'/gm)];
  const words = lists.flatMap(([, list = '']) => list.split(','));
  return new Set(words.map((word) => word.trim().replace(/^type |\s+as .*$/g, '')));
}

function exportsOf(project: ProjectReflection): DeclarationReflection[] {
  const modules = project.getChildrenByKind(ReflectionKind.Module);
  return modules
    .flatMap(({ children = [] }) => children)
    .filter((child) => !child.isReference())
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Adds "See: Lesson 4" to an export. A function carries its comment in its signatures. */
function pointBack(reflection: DeclarationReflection, lesson: DocumentReflection): void {
  const { title } = lesson.frontmatter;
  const link = linkTo(lesson, isChinese(lesson) ? `${title}` : `Lesson ${title}`);
  for (const owner of reflection.signatures ?? [reflection]) {
    owner.comment ??= new Comment();
    owner.comment.blockTags.push(new CommentTag('@see', [link]));
  }
}

function linkTo(target: Reflection, text: string): CommentDisplayPart {
  return { kind: 'inline-tag', tag: '@link', text, target };
}

/** A `.ts` file is a video to a web server; as `.ts.txt` it is text. */
function nameAsText(folder: string): void {
  const media = join(folder, 'media');
  for (const name of readdirSync(media).filter((one) => SOURCE.test(one))) {
    renameSync(join(media, name), join(media, `${name}.txt`));
  }
}
