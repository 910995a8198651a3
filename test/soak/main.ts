/**
 * `npm run soak`: an hour of faults at a hundred times the speed, then what must hold when they end.
 *
 *   npm run soak -- --seed 7        the same faults in the same order
 *   npm run soak -- --minutes 240   simulated minutes of faults
 *   npm run soak -- --quick         a quarter of an hour
 *
 * A request's timeout of 15 s is 150 ms here. The person goes from window to window every few minutes, during
 * the faults and after them: without anyone, what failed often is asked again after up to sixteen intervals.
 */
import { parseArgs } from 'node:util';
import { holds } from '../bench/measure.ts';
import { tableOf } from '../bench/table.ts';
import { detailsOf, figuresOf } from './figures.ts';
import { SPEED, soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    minutes: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes ?? (values.quick ? 15 : 60));
const seed = Number(values.seed);
const say = (text: string) => process.stdout.write(text);

say(`seed ${seed}\n`);
const start = performance.now();
const soaked = await soak({ minutes, warmUpMinutes: 12, seed });
const figures = figuresOf(soaked);
const { killed, killedAsking, fullDisks } = soaked.windows;
const title =
  `${minutes} simulated minutes of faults at ${SPEED} × speed, 50 keys, ${soaked.seen.calls} calls; ` +
  `${killed} windows killed, ${killedAsking} of them asking; ${fullDisks.length} full disks`;
say(tableOf(title, figures, (performance.now() - start) / 1000));
for (const line of detailsOf(soaked)) say(`${line}\n`);
process.exitCode = figures.every(holds) ? 0 : 1;
