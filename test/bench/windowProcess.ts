/**
 * A window in a process of its own: the real store, monitor, warnings and housekeeping on the system's clock,
 * without VS Code around them. Its argument is `WindowSpec` as JSON. Says `watches` when it has begun and
 * `knows` when it knows every key's figure; answers each line with `cpu <µs>`, what its process has used.
 * Ends with its input.
 */
import { createInterface } from 'node:readline';
import { Housekeeping } from '../../src/services/housekeeping.ts';
import { systemClock } from '../../src/services/systemClock.ts';
import { storeSecrets } from '../unit/support/storedKeys.ts';
import { TestWindow } from '../unit/support/testWindow.ts';
import { WarningRecorder } from '../unit/support/warningRecorder.ts';
import type { WindowSpec } from './startedWindow.ts';

const { folder, keys, focused, settings } = JSON.parse(process.argv[2] ?? '{}') as WindowSpec;

const testWindow = new TestWindow({ folder, focused, settings });
await storeSecrets(testWindow.storage, keys);
const listener = new WarningRecorder(testWindow, systemClock);
const housekeeping = new Housekeeping({
  store: testWindow.store,
  clock: systemClock,
  settings: () => testWindow.settings,
  log: { warn: line => testWindow.logLines.push(line) },
});
await testWindow.monitor.start();
process.stdout.write('watches\n');

const tellWhenKnown = () => {
  if (testWindow.monitor.snapshot.some(({ reading }) => !reading)) return;
  process.stdout.write('knows\n');
  subscription.dispose();
};
const subscription = testWindow.monitor.onDidChange(tellWhenKnown);
tellWhenKnown();

const input = createInterface({ input: process.stdin });
input.on('line', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`cpu ${user + system}\n`);
});
input.on('close', () => {
  listener.close();
  housekeeping.dispose();
  void testWindow.close();
});
