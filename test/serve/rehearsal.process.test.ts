import { mkdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { classFolder, endClass, Student, TeachersDesk } from '../support/class.js';
import { runIn } from '../support/command.js';
import { ServedRoom } from '../support/serve.js';

const rooms: ServedRoom[] = [];

afterEach(async () => {
  endClass();
  for (const room of rooms.splice(0)) await room.kill();
});

async function serve(folder: string, ...args: string[]): Promise<ServedRoom> {
  const room = await ServedRoom.openClass(folder, ...args);
  rooms.push(room);
  return room;
}

describe('loopscope class serve --rehearse', () => {
  test('says who comes; they come and answer, and after a kill they are who they were', async () => {
    const folder = classFolder();
    const rehearse = ['--rehearse', '4', '--seed', '7', '--port', '0'];
    const first = await serve(folder, ...rehearse);
    await first.until(/Rehearsal: 4 played students .* seed 7\.\n(?:.*\n){4}/);
    expect(first.out).toContain('Mallory is hostile');
    expect(first.out).toContain(`kept in ${folder} as students are`);
    const desk = await TeachersDesk.open(first);
    await desk.until(({ people }) => people.length === 4);
    await desk.ask({ do: 'open', lesson: 7 });
    await desk.until(({ vote }) => vote?.answered === 4);
    await first.kill();

    const second = await serve(folder, ...rehearse.slice(0, 4));
    const again = await TeachersDesk.open(second);
    const kept = await again.until(() => true);
    expect([kept.vote?.answered, kept.people.length, kept.here]).toEqual([4, 4, 0]);
    const back = await again.until(({ here }) => here >= 3); // one may have left again
    expect([back.vote?.answered, back.people.length]).toEqual([4, 4]);
    desk.close();
    again.close();
    expect(await second.stop()).toBe(0);
    expect(second.err).toBe('');
  });

  test('is not mixed with a class: neither in its folder, nor a class in that of a rehearsal', async () => {
    const [folder, played] = [classFolder(), classFolder()];
    const room = await serve(folder, '--port', '0');
    const ada = await Student.join(room.url);
    ada.hello('Ada');
    await ada.until((all) => all.find(({ type }) => type === 'class'));
    await room.stop();
    const refused = runIn('.', 'class', 'serve', folder, '--rehearse', '3');
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^loopscope: a rehearsal is not kept in \S+: 1 student .*\n$/);

    const rehearsal = await serve(played, '--rehearse', '1', '--port', '0');
    const desk = await TeachersDesk.open(rehearsal);
    await desk.until(({ people }) => people.length === 1);
    desk.close();
    await rehearsal.stop();
    const after = await serve(played);
    expect(after.err).toMatch(/^loopscope: 1 played student of a rehearsal is in .*\n$/);
  });

  test('takes a number of players, and a seed with it; anything else is one line', () => {
    const home = classFolder();
    mkdirSync(home);
    const wrong = [
      ['--rehearse', '0'],
      ['--rehearse', '101'],
      ['--rehearse', 'many'],
      ['--rehearse'],
      ['--seed', '3'],
      ['--rehearse', '3', '--seed', '-1'],
    ];
    for (const args of wrong) {
      const ran = runIn(home, 'class', 'serve', ...args);
      expect(ran).toMatchObject({ status: 2, stdout: '' });
      expect(ran.stderr).toMatch(/^loopscope: .*\n$/);
    }
  });
});
