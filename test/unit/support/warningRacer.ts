/** One window in a thread of its own: looks at all keys once, and reports what it showed. */
import { parentPort, workerData } from 'node:worker_threads';
import { staleAfter } from '../../../src/core/quota/freshness.ts';
import { WarningService } from '../../../src/services/warnings/warningService.ts';
import { loadHistoryTables } from '../../../src/store/loadHistoryTables.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { ManualClock } from './manualClock.ts';
import { awaitAllRacers, type Race } from './race.ts';
import { MINUTE } from './samples.ts';
import { checkedKey, RULES } from './warnings.ts';

// A store's history can be used from the first moment on.
await loadHistoryTables();

const race = workerData as Race;
const store = new SqliteStore(race.folder, race.now);
const clock = new ManualClock(race.now);
const snapshot = store.states
  .allStates()
  .map(({ keyId, reading }) => checkedKey(race.now, { id: keyId, reading }));
const shown: string[] = [];
const never = () => ({ dispose: () => undefined });

awaitAllRacers(race);
const alerting = new WarningService({
  store,
  clock,
  monitor: { snapshot, onDidChange: never, staleAfterMs: () => staleAfter(5 * MINUTE) },
  activity: { focused: true, onDidFocus: never },
  muteService: { pausedUntil: undefined, onDidChange: never },
  rules: () => RULES,
  log: { warn: line => shown.push(line) },
  show: warnings => shown.push(...warnings.map(({ key, kind }) => `${key.id} ${kind}`)),
});
await clock.advance(10_000);
alerting.dispose();
store.close();
parentPort?.postMessage(shown);
