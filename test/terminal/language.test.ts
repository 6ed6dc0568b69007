import { describe, expect, test } from 'vitest';
import { spokenLanguage } from '../../src/terminal/language.js';

const german = () => 'de-DE';

/** What is spoken; a system that says nothing else is German. */
function spoken(args: string[], env: NodeJS.ProcessEnv = {}) {
  return spokenLanguage(args, env, german);
}

describe('the language of a process', () => {
  test('--lang goes before the variable, and that before the locale', () => {
    const env = { LOOPSCOPE_LANG: 'xx-test', LANG: 'en_US.UTF-8' };
    expect(spoken(['--lang', 'en', 'doctor'], env).language).toBe('en');
    expect(spoken(['doctor'], env).language).toBe('xx-test');
    expect(spoken(['doctor'], { LANG: 'xx_TEST.UTF-8' }).language).toBe('xx-test');
  });

  test.each([
    [['--lang', 'xx-test', 'lesson', '0']],
    [['lesson', '--lang', 'xx-test', '0']],
    [['lesson', '0', '--lang', 'xx-test']],
    [['lesson', '0', '--lang=xx-test']],
  ])('%j speaks it, and hands on the rest', (args) => {
    expect(spoken(args)).toEqual({
      language: 'xx-test',
      args: ['lesson', '0'],
      notice: null,
      problem: null,
    });
  });

  test('what stands behind -- is no option', () => {
    const { language, args } = spoken(['step', '--', '--lang', 'xx-test']);
    expect(language).toBe('en');
    expect(args).toEqual(['step', '--', '--lang', 'xx-test']);
  });

  test('a --lang that is not there names those that are', () => {
    const { problem } = spoken(['--lang', 'tlh', 'doctor']);
    expect(problem).toBe("there is no language 'tlh'; there are en, zh");
    expect(spoken(['doctor', '--lang']).problem).toBe(
      '--lang takes the name of a language; there are en, zh',
    );
    expect(spoken(['--lang', 'tlh'], { LOOPSCOPE_LANG: 'xx-test' }).problem).toMatch(/^\[there is/);
  });

  test('a variable that is not there is told of, and English spoken', () => {
    const env = { LOOPSCOPE_LANG: 'tlh', LANG: 'xx-test' };
    const { language, notice, problem } = spoken(['doctor'], env);
    expect(language).toBe('en');
    expect(notice).toBe("LOOPSCOPE_LANG is 'tlh', and there is no such language; there are en, zh");
    expect(problem).toBeNull();
    expect(spoken(['--lang', 'xx-test'], env).notice).toBeNull();
  });

  test.each(['zh_CN.UTF-8', 'zh_TW.UTF-8', 'zh_CN.GB18030', 'zh'])(
    'a locale of %s is Chinese',
    (LANG) => {
      expect(spoken([], { LANG }).language).toBe('zh');
      expect(spoken([], { LANG, LOOPSCOPE_LANG: 'en' }).language).toBe('en');
      expect(spokenLanguage([], {}, () => 'zh-Hans-CN').language).toBe('zh');
    },
  );

  test.each(['C', 'POSIX', 'C.UTF-8', 'tlh_KX.UTF-8'])('a locale of %s is English', (LANG) => {
    const { language, notice } = spoken([], { LANG });
    expect(language).toBe('en');
    expect(notice).toBeNull();
  });

  test('the first variable of the locale that is not empty decides', () => {
    expect(spoken([], { LC_ALL: 'C', LANG: 'xx-test' }).language).toBe('en');
    expect(spoken([], { LC_ALL: '', LC_MESSAGES: 'xx-test', LANG: 'C' }).language).toBe('xx-test');
  });

  test('where none is set the system is asked', () => {
    expect(spokenLanguage([], {}, () => 'xx-TEST').language).toBe('xx-test');
    expect(spokenLanguage([], {}, () => 'de-DE').language).toBe('en');
  });
});
