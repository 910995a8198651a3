/** `npm run fuzz`: puts every parser and renderer through `--cases` (100,000) made-up cases each, and prints a table. */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Examined } from './examine.ts';
import { targets } from './targets.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    workers: { type: 'string', default: '2' },
  },
});
const cases = Number(values.cases);
const seed = Number(values.seed);
const say = (line: string) => process.stdout.write(`${line}\n`);

const waiting = targets.flatMap(({ name }, index) => (name.includes(values.only) ? [index] : []));
const done: Examined[] = [];
const line = ({ name, what, cases: count, crashes, hangs, invented, slowestMs, seconds }: Examined) =>
  [
    name.padEnd(38),
    what.padEnd(8),
    count.toLocaleString('en').padStart(9),
    String(crashes).padStart(7),
    String(hangs).padStart(5),
    String(invented).padStart(8),
    slowestMs.toFixed(1).padStart(10),
    seconds.toFixed(1).padStart(8),
  ].join('  ');

say(`seed ${seed}`);
say(`${'what'.padEnd(48)}${'cases'.padStart(9)}  crashes  hangs  invented  slowest ms   seconds`);
await Promise.all(Array.from({ length: Number(values.workers) }, work));

const sum = (of: (each: Examined) => number) => done.reduce((total, each) => total + of(each), 0);
const faults = sum(each => each.crashes + each.hangs + each.invented);
say(
  `\n${done.length} targets, ${sum(each => each.cases).toLocaleString('en')} cases: ${sum(each => each.crashes)} crashes, ` +
    `${sum(each => each.hangs)} hangs over 50 ms, ${sum(each => each.invented)} invented figures`,
);
for (const { name, example } of done) if (example) say(`\n${name}: ${example}`);
process.exitCode = faults > 0 || done.some(each => each.cases < cases) ? 1 : 0;

/** One thread after another takes what is next. */
async function work(): Promise<void> {
  for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
    const examined = await new Promise<Examined>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        workerData: { index, cases, seed },
      });
      worker.once('message', resolve).once('error', reject);
    });
    done.push(examined);
    say(line(examined));
  }
}
