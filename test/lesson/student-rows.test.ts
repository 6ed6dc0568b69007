import { describe, expect, test } from 'vitest';
import { Progress } from '../../src/lesson/progress.js';
import { rowsAsCsv, studentRows } from '../../src/lesson/student-rows.js';

describe('a row a student', () => {
  const ada = new Progress();
  ada.predict(7, 'b', true);
  ada.check(7, 'wrong.a');
  ada.check(7, null);
  ada.hint(8, 1);
  const ming = new Progress();
  ming.begin(8);

  test('says how far each is, in all and by lesson', () => {
    const rows = studentRows(
      [
        { name: 'Ada', progress: ada },
        { name: '=小明', progress: ming },
      ],
      [7, 8],
    );
    expect(rows[0]).toEqual({
      student: 'Ada',
      begun: 1,
      passed: 1,
      predicted: 1,
      right: 1,
      checks: 2,
      hints: 1,
      lessons: { 7: 'passed', 8: '' },
    });
    expect(rowsAsCsv(rows)).toBe(
      '\ufeffstudent,begun,passed,predicted,right,checks,hints,lesson 7,lesson 8\r\n' +
        'Ada,1,1,1,1,2,1,passed,\r\n' +
        "'=小明,1,0,0,0,0,0,,begun\r\n",
    );
  });
});
