/**
 * A window in a process of its own: the real store, monitor, warnings and housekeeping on the system's clock,
 * without VS Code around them. Its argument is `WindowSpec` as JSON. Says `watches` when it has begun and
 * `knows` when it knows every key's figure; answers each line with `cpu <µs>`, what its process has used.
 * Ends with its input.
 */
import { createInterface } from 'node:readline';
import { Housekeeping } from '../../src/services/housekeeping.ts';
import { systemClock } from '../../src/services/systemClock.ts';
import { Listener } from '../unit/support/listener.ts';
import { placeSecrets } from '../unit/support/placedKeys.ts';
import { World } from '../unit/support/world.ts';
import type { WindowSpec } from './startedWindow.ts';

const { folder, keys, focused, settings } = JSON.parse(process.argv[2] ?? '{}') as WindowSpec;

const world = new World({ folder, focused, settings });
await placeSecrets(world.storage, keys);
const listener = new Listener(world, systemClock);
const housekeeping = new Housekeeping({
  store: world.store,
  clock: systemClock,
  settings: () => world.settings,
  log: { warn: line => world.lines.push(line) },
});
await world.monitor.start();
process.stdout.write('watches\n');

const tellWhenKnown = () => {
  if (world.monitor.snapshot.some(({ reading }) => !reading)) return;
  process.stdout.write('knows\n');
  subscription.dispose();
};
const subscription = world.monitor.onDidChange(tellWhenKnown);
tellWhenKnown();

const input = createInterface({ input: process.stdin });
input.on('line', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`cpu ${user + system}\n`);
});
input.on('close', () => {
  listener.close();
  housekeeping.dispose();
  void world.close();
});
