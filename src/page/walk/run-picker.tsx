/**
 * Which run: scenario, server, seed; of another program's loop, which loop of which program.
 * @module
 */

import type { JSX } from 'preact';
import { SCENARIOS, TWO_LOOPS } from '../../scenario/shipped.js';
import type { TraceMaker } from '../../trace/maker.js';
import { printable } from '../../trace/text.js';
import { SERVERS } from '../mine/servers.js';
import { StopMine } from '../mine/stop.js';
import { aboutScenario } from '../shared/scenario-select.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';
import { GalleryButton } from './gallery-button.js';

const textOf = (event: Event): string => (event.currentTarget as HTMLInputElement).value;

/** Characters of a command line that are shown. */
const LONGEST = 120;

/** In place of a scenario, while the trace of a file is walked through. */
const FILE = ' file';

/** Three controls; each begins another run. */
export function RunPicker({ session }: ViewProps): JSX.Element {
  const scenario = session.parameter('scenario').value;
  const opened = session.opened.value;
  const seed = session.parameter('seed').value;
  const isWorld = session.parameter('recording').value === TWO_LOOPS;
  const choose = (name: string): void => {
    if (name !== TWO_LOOPS) void session.choose({ scenario: name });
    else {
      location.hash = session.addressWith({ recording: TWO_LOOPS, loop: '0', step: '1', fork: '' });
    }
  };
  return (
    <form class="run-picker" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>{say('run.scenario')}</span>
        <select
          value={isWorld ? TWO_LOOPS : opened === null ? scenario : FILE}
          onChange={(event) => choose(textOf(event))}
        >
          {opened !== null && !isWorld && <option value={FILE}>{opened}</option>}
          {[...SCENARIOS.keys()].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value={TWO_LOOPS}>{TWO_LOOPS}</option>
        </select>
      </label>
      <LoopPicker session={session} />
      {session.stranger.value === null && !isWorld && (
        <label>
          <span>{say('run.profile')}</span>
          <select
            value={session.profile.value}
            onChange={(event) => void session.chooseProfile(textOf(event))}
          >
            {SERVERS.filter((name) => name !== 'mine' || opened === null).map((name) => (
              <option key={name} value={name}>
                {say(`run.profile.${name}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      {(opened === null || isWorld) && (
        <label>
          <span>{say('run.seed')}</span>
          <input
            type="number"
            min={0}
            max={0xffff_ffff}
            step={1}
            value={seed}
            onChange={(event) => {
              const value = textOf(event);
              if (/^\d{1,10}$/.test(value) && Number(value) <= 0xffff_ffff) {
                void session.chooseSeed(String(Number(value)));
              } else (event.currentTarget as HTMLInputElement).value = seed;
            }}
          />
        </label>
      )}
      <GalleryButton session={session} />
      <StopMine />
      <p class={session.isBusy.value ? 'about is-busy' : 'about'} role="status">
        {session.isBusy.value
          ? say('run.playing', { scenario })
          : opened === null
            ? aboutScenario(scenario)
            : isWorld
              ? say('run.world')
              : session.stranger.value === null
                ? say('run.file')
                : madeBy(session.maker.value)}
      </p>
    </form>
  );
}

/** Which loop of a program that has several. */
function LoopPicker({ session }: ViewProps): JSX.Element | null {
  const loops = session.loops.value;
  if (session.opened.value === null || loops.length < 2) return null;
  return (
    <label>
      <span>{say(loops[0]?.maker?.machine === undefined ? 'run.loop' : 'run.machine')}</span>
      <select
        value={session.loop.value}
        onChange={(event) => session.chooseLoop(Number(textOf(event)))}
      >
        {loops.map(({ maker, events }, i) => (
          <option key={i} value={i + 1}>
            {maker?.machine === undefined
              ? say('run.loop.of', {
                  loop: String(i + 1),
                  loops: loops.length,
                  pid: String(maker?.pid ?? ''),
                  n: events.length,
                })
              : say('run.machine.of', { machine: maker.machine, n: events.length })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What a stranger's trace says of itself. */
function madeBy(maker: TraceMaker | null): string {
  if (maker === null) return '';
  const { program, arguments: words = [], pid, recorder } = maker;
  const command = printable([program, ...words].join(' '));
  const shown = command.length > LONGEST ? `${command.slice(0, LONGEST)} …` : command;
  const values = { command: shown, recorder: printable(recorder) };
  return pid === undefined
    ? say('run.stranger', values)
    : say('run.stranger.thread', { ...values, pid: String(pid) });
}
