/** One window in a thread of its own: tries to claim every key, and reports which ones it got. */
import { parentPort, workerData } from 'node:worker_threads';
import type { KeyRecord } from '../../../src/core/quota/key.ts';
import { gatewayOf } from '../../../src/gateways/registry.ts';
import { claimKey } from '../../../src/services/requests/claim.ts';
import { loadHistoryTables } from '../../../src/store/loadHistoryTables.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { askedBefore } from './askedBefore.ts';
import { budgetParts } from './budgetParts.ts';
import { awaitAllRacers, type Race } from './race.ts';

const race = workerData as Race;
const { folder, now } = race;
const gateway = gatewayOf('newApi');
if (!gateway) throw new Error('There is no gateway to claim for.');
await loadHistoryTables();
const store = new SqliteStore(folder, now);
const keys = store.keys.allKeys();

awaitAllRacers(race);
const parts = budgetParts(askedBefore(store));
const won: KeyRecord[] = [];
for (const key of keys) {
  // On a busy machine another one may keep the file for longer than an attempt waits.
  const claim = await store.retryWhileLocked(() => claimKey(parts, key, gateway, now, { lastsMs: 60_000 }));
  if ('claim' in claim) won.push(key);
}
store.close();
parentPort?.postMessage(won.map(key => key.id));
