/**
 * The bench: what Loopscope and its peers do with the same work, side by side in one run.
 *
 *     npm run bench -- [--only NAME]... [--runs 5] [--ms 1000] [--json] [--profile] [--write]
 *
 * `--profile` writes a CPU profile of our server for each workload that has one. `--write` writes
 * docs/speed.md, and docs/select-cost.svg where the curve was measured; both in Chinese, too.
 */

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { hold, machine, type Workload } from './contest.js';
import { curveTable, measureCurve } from './curve.js';
import { curveSvg } from './curve-svg.js';
import {
  captionText,
  machineText,
  type Report,
  reportMarkdown,
  resultText,
  tableText,
} from './report.js';
import { voiceOf } from './report-texts.js';
import { allWorkloads } from './workloads.js';

const DOCS = new URL('../docs/', import.meta.url);

/** What the command line asks for. */
interface Options {
  only: string[];
  runs: number;
  ms: number;
  json: boolean;
  profile: boolean;
  write: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      runs: { type: 'string', default: '5' },
      ms: { type: 'string', default: '1000' },
      json: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const whole = (name: string, text: string): number => {
    if (!/^[1-9]\d*$/.test(text))
      throw new TypeError(`--${name} ${text}: give a whole number from 1`);
    return Number(text);
  };
  return { ...values, runs: whole('runs', values.runs), ms: whole('ms', values.ms) };
}

/** The cost curve of select is no contest: it has a table and a picture of its own. */
const CURVE = 'curve';

function choose(workloads: Workload[], only: string[]): Workload[] {
  const names = [...workloads.map(({ name }) => name), CURVE];
  for (const name of only) {
    if (!names.includes(name)) {
      throw new TypeError(
        `--only ${name}: there is no such workload; there are ${names.join(' ')}`,
      );
    }
  }
  return only.length === 0 ? workloads : workloads.filter(({ name }) => only.includes(name));
}

async function main(): Promise<void> {
  const options = readOptions();
  const workloads = choose(allWorkloads(options), options.only);
  const report: Report = { machine: machine(), runs: options.runs, results: [] };
  const say = (text: string): void => void (options.json || process.stdout.write(`${text}\n`));
  say(`${machineText(report.machine)}; medians of ${options.runs}\n`);
  for (const workload of workloads) {
    const result = await hold(workload, options.runs);
    report.results.push(result);
    say(resultText(result));
  }
  if (options.only.length === 0 || options.only.includes(CURVE)) {
    report.curve = await measureCurve(options.runs);
    say(`${CURVE}: the time of one select\n${tableText(curveTable(report.curve))}\n`);
  }
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (options.write) write(report, options);
}

/** A page is written from a whole run only, so that all of its figures are of one machine and day. */
function write(report: Report, { only }: Options): void {
  const { curve } = report;
  for (const language of ['en', 'zh'] as const) {
    const ending = language === 'en' ? '' : `.${language}`;
    if (curve !== undefined) {
      const picture = curveSvg(curve, captionText(report, language), voiceOf(language).tell);
      writeFileSync(new URL(`select-cost${ending}.svg`, DOCS), picture);
    }
    if (only.length > 0) continue;
    writeFileSync(new URL(`speed${ending}.md`, DOCS), reportMarkdown(report, language));
  }
}

try {
  await main();
} catch (error) {
  const isUsage = error instanceof TypeError;
  console.error(`bench: ${error instanceof Error ? error.message : error}`);
  process.exitCode = isUsage ? 2 : 1;
}
