/** One window in a thread of its own: tries to claim every key, and reports which ones it got. */
import { parentPort, workerData } from 'node:worker_threads';
import { gatewayOf } from '../../../src/gateways/registry.ts';
import { claimKey } from '../../../src/monitor/claim.ts';
import { Store } from '../../../src/store/store.ts';

interface Race {
  readonly folder: string;
  readonly now: number;
  readonly gate: Int32Array;
  readonly racers: number;
}

const { folder, now, gate, racers } = workerData as Race;
const gateway = gatewayOf('newApi');
if (!gateway) throw new Error('There is no gateway to claim for.');
const store = new Store(folder, now);
const keys = store.keys.all();

// All start together, or the first would be through before the second has opened the database.
Atomics.add(gate, 0, 1);
Atomics.notify(gate, 0);
for (let here = Atomics.load(gate, 0); here < racers; here = Atomics.load(gate, 0)) {
  Atomics.wait(gate, 0, here);
}

const won = keys.filter(key => 'claim' in claimKey(store, key, gateway, now, { lastsMs: 60_000 }));
store.close();
parentPort?.postMessage(won.map(key => key.id));
