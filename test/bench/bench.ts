/**
 * `npm run bench`: measures speed, size and freshness, and fails when a bound does not hold.
 *
 * npm run bench -- --only history  one measure by name; may be given several times npm run bench -- --json
 * figures as JSON in place of tables npm run bench -- --quick          shorter and rougher
 */
import { arch, cpus, platform } from 'node:os';
import { parseArgs } from 'node:util';
import { activation } from './activation.ts';
import { claims } from './claims.ts';
import { crowd } from './crowd.ts';
import { freshness } from './freshness.ts';
import { history } from './history.ts';
import { idle } from './idle.ts';
import { kills } from './kills.ts';
import { ledger } from './ledger.ts';
import { logRows } from './logRows.ts';
import { logsPaint } from './logsPaint.ts';
import { manyKeys } from './manyKeys.ts';
import { type Figure, holds, type Measure } from './measure.ts';
import { overviewPaint } from './overviewPaint.ts';
import { panelPaint } from './panelPaint.ts';
import { render } from './render.ts';
import { sharedAddress } from './sharedAddress.ts';
import { size } from './size.ts';
import { status } from './status.ts';
import { tableOf } from './table.ts';
import { team } from './team.ts';
import { throttling } from './throttling.ts';

const MEASURES: readonly Measure[] = [
  throttling,
  freshness,
  sharedAddress,
  manyKeys,
  history,
  ledger,
  logRows,
  claims,
  kills,
  render,
  panelPaint,
  overviewPaint,
  logsPaint,
  idle,
  activation,
  size,
  status,
  crowd,
  team,
];

interface Result {
  readonly name: string;
  readonly title: string;
  readonly seconds: number;
  readonly figures: readonly (Figure & { readonly holds: boolean })[];
}

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
  },
});
const unknown = options.only.filter(name => !MEASURES.some(measure => measure.name === name));
if (unknown.length > 0) {
  process.stdout.write(`There is no measure ${unknown.join(', ')}; there are ${names()}.\n`);
  process.exit(1);
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${platform()} ${arch()}, Node ${process.version}`;
if (!options.json) process.stdout.write(`${machine}\n\n`);

const results: Result[] = [];
for (const measure of MEASURES) {
  if (options.only.length > 0 && !options.only.includes(measure.name)) continue;
  const result = await taken(measure);
  results.push(result);
  if (!options.json) process.stdout.write(tableOf(result.title, result.figures, result.seconds));
}
if (options.json) process.stdout.write(`${JSON.stringify({ machine, results }, null, 2)}\n`);
const failures = results.flatMap(({ figures }) => figures).filter(figure => !figure.holds);
if (!options.json && failures.length > 0) process.stdout.write(`${failures.length} do not hold.\n`);
process.exitCode = failures.length > 0 ? 1 : 0;

async function taken(measure: Measure): Promise<Result> {
  const start = performance.now();
  const figures = await measure.run({ quick: options.quick });
  const seconds = (performance.now() - start) / 1000;
  return {
    name: measure.name,
    title: measure.title,
    seconds,
    figures: figures.map(figure => ({ ...figure, holds: holds(figure) })),
  };
}

function names(): string {
  return MEASURES.map(({ name }) => name).join(', ');
}
