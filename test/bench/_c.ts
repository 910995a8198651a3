import { history } from './history.ts';
import { tableOf } from './table.ts';

const t = performance.now();
process.stdout.write(
  tableOf(
    history.title,
    await history.run({ quick: process.argv.includes('-q') }),
    (performance.now() - t) / 1000,
  ),
);
