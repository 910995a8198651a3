/** `npm run fuzz`: puts every parser and renderer through `--cases` (100,000) made-up cases each, and prints a table. */
import { parseArgs } from 'node:util';
import type { Examined } from './examine.ts';
import { examineAll } from './pool.ts';
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
const chosen = targets.filter(({ name }) => name.includes(values.only));
await examineAll(chosen, { cases, seed, workers: Number(values.workers) }, examined => {
  done.push(examined);
  say(line(examined));
});

const sum = (of: (each: Examined) => number) => done.reduce((total, each) => total + of(each), 0);
const faults = sum(each => each.crashes + each.hangs + each.invented);
say(
  `\n${done.length} targets, ${sum(each => each.cases).toLocaleString('en')} cases: ${sum(each => each.crashes)} crashes, ` +
    `${sum(each => each.hangs)} hangs over 50 ms, ${sum(each => each.invented)} invented figures`,
);
for (const { name, example } of done) if (example) say(`\n${name}: ${example}`);
process.exitCode = faults > 0 || done.some(each => each.cases < cases) ? 1 : 0;
