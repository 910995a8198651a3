/**
 * A window in a process of its own. Says `ready`, and `asking` with each request it sends. `focus` and `blur`
 * come as lines; it closes in good order when its input ends.
 */
import { createInterface } from 'node:readline';
import { sendByDefault } from '../../src/http/send.ts';
import { MemorySecrets } from '../unit/support/memorySecrets.ts';
import { seededChance } from '../unit/support/seededChance.ts';
import { type StoredKey, storeSecrets } from '../unit/support/storedKeys.ts';
import { FastClock, type FastTime } from './fastClock.ts';
import { SoakWindow } from './soakWindow.ts';

/** What the process is started with, as JSON. */
export interface WindowOrder {
  readonly time: FastTime;
  readonly folder: string;
  readonly keys: readonly StoredKey[];
  readonly seed: number;
}

const { time, folder, keys, seed } = JSON.parse(process.argv[2] ?? '') as WindowOrder;
const storage = new MemorySecrets();
await storeSecrets(storage, keys);
const window = new SoakWindow({
  clock: new FastClock(time),
  folder,
  storage,
  chance: seededChance(seed),
  send: (...request) => {
    process.stdout.write('asking\n');
    return sendByDefault(...request);
  },
});
await window.testWindow.monitor.start();
process.stdout.write('ready\n');

const input = createInterface({ input: process.stdin });
input.on('line', line => {
  if (line === 'focus') window.testWindow.gainFocus();
  else window.testWindow.focused = false;
});
input.on('close', () => void window.close());
