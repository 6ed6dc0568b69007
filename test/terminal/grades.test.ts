/** Grades for programs: whatever a student wrote is a text in them, and nothing else. */

import { describe, expect, test } from 'vitest';
import type { Grade } from '../../src/lesson/grade.js';
import { gradesCsv, gradesJson, gradesJunit } from '../../src/terminal/grades.js';

const passed: Grade = {
  ...{ lesson: 0, title: 'Hello, trace', passed: true, steps: 17 },
  ...{ failure: null, why: null, isUndecided: false },
};
const failed = (change: Partial<Grade>): Grade => {
  return { ...passed, passed: false, failure: 'wrong.hearers', why: 'left out', ...change };
};

describe('JUnit', () => {
  test('has a suite a student, a case a lesson, and counts them', () => {
    const late = failed({
      lesson: 11,
      title: 'Lengths',
      failure: 'trouble.slow',
      isUndecided: true,
    });
    const students = [{ name: 'Ada', grades: [passed, failed({ lesson: 4 }), late] }];
    expect(gradesJunit(students)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="loopscope" tests="3" failures="1" errors="1">
  <testsuite name="Ada" tests="3" failures="1" errors="1">
    <testcase classname="Ada" name="0 Hello, trace"/>
    <testcase classname="Ada" name="4 Hello, trace">
      <failure type="wrong.hearers" message="left out"/>
    </testcase>
    <testcase classname="Ada" name="11 Lengths">
      <error type="trouble.slow" message="left out"/>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  test('takes hostile texts as texts, without what XML cannot hold or a screen would obey', () => {
    const name = "\"/><x a='1'>&amp;]]>";
    const why = 'a\u0000b\u001b[31m\u009b\ud800\ufffe\u202e\r\n<!--';
    const xml = gradesJunit([{ name, grades: [failed({ why })] }]);
    expect(xml).toContain('name="&quot;/&gt;&lt;x a=&apos;1&apos;&gt;&amp;amp;]]&gt;"');
    expect(xml).toContain('message="a b [31m &lt;!--"');
    expect(xml.match(/<\/?\w+/g)).toHaveLength(7);
    expect(xml).not.toMatch(/[^\P{C}\n]/u);
  });
});

describe('CSV', () => {
  test('has a row a student: how many passed, and the code of what did not', () => {
    const csv = gradesCsv([
      { name: 'Ada', grades: [passed, failed({ lesson: 11 })] },
      { name: '小明', grades: [] },
    ]);
    expect(csv).toBe(
      '\ufeffstudent,passed,of,lesson 0,lesson 11\r\nAda,1,2,passed,wrong.hearers\r\n小明,0,0,,\r\n',
    );
  });

  test('has a name as a cell that is no formula', () => {
    const csv = gradesCsv([{ name: '=HYPERLINK("x")', grades: [] }]);
    expect(csv).toBe('\ufeffstudent,passed,of\r\n"\'=HYPERLINK(""x"")",0,0\r\n');
  });
});

test('JSON has all of it', () => {
  const [student] = JSON.parse(gradesJson([{ name: 'Ada', grades: [passed] }])).students;
  expect(student).toEqual({ name: 'Ada', passed: 1, of: 1, lessons: [passed] });
});
