/** One window in a thread of its own: tries to claim every key, and reports which ones it got. */
import { parentPort, workerData } from 'node:worker_threads';
import { gatewayOf } from '../../../src/gateways/registry.ts';
import { claimKey } from '../../../src/services/requests/claim.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { budgetParts } from './budgetParts.ts';
import { awaitAllRacers, type Race } from './race.ts';

const race = workerData as Race;
const { folder, now } = race;
const gateway = gatewayOf('newApi');
if (!gateway) throw new Error('There is no gateway to claim for.');
const store = new SqliteStore(folder, now);
const keys = store.keys.allKeys();

awaitAllRacers(race);
const won = keys.filter(
  key => 'claim' in claimKey(budgetParts(store), key, gateway, now, { lastsMs: 60_000 }),
);
store.close();
parentPort?.postMessage(won.map(key => key.id));
