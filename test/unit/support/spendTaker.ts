/**
 * A window in a process of its own that does nothing but take in what a key spends: says `takes <n>` before each answer
 * and `took <n>` once it is committed. Begins with the last answer that an earlier one has taken in, as a window does that
 * asks again. Argument: the folder.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { loadHistoryTables } from '../../../src/store/loadHistoryTables.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { START } from './ledgerSetup.ts';
import { endOf, numberOf, steadyAnswer } from './steadyLog.ts';

// A store's ledger can be used from the first moment on.
await loadHistoryTables();

const [folder = ''] = process.argv.slice(2);
process.stdout.write('opens\n');
const store = new SqliteStore(folder, START * 1000);
if (store.trouble) throw new Error(`The database could not be used: ${store.trouble.kind}`);

const end = store.ledger.coverageOf('a').at(-1)?.to;
// Without a turn of the event loop in between, nothing that was said would leave on some systems.
for (let number = end === undefined ? 0 : numberOf(end / 1000); ; number++, await turn()) {
  process.stdout.write(`takes ${number}.\n`);
  store.transaction(() => store.ledger.takeIn('a', 'f', steadyAnswer(number), endOf(number) * 1000));
  process.stdout.write(`took ${number}.\n`);
}
