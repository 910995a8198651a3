/**
 * A window in a process of its own: the real store, monitor, warnings and housekeeping on the system's clock,
 * without VS Code around them; a whole one also has what fills the ledger and what watches spending limits. Its argument
 * is `WindowSpec` as JSON. Says `watches` when it has begun and `knows` when it knows every key's figure; answers each
 * line with what its process has used, `{ cpuUs, wakes }`. Ends with its input.
 */
import { createInterface } from 'node:readline';
import { Housekeeping } from '../../src/services/housekeeping.ts';
import { LedgerFill } from '../../src/services/ledger/ledgerFill.ts';
import { SpendTotals } from '../../src/services/ledger/spendTotals.ts';
import { SpendingLimitService } from '../../src/services/spendingLimits/spendingLimitService.ts';
import { SpendingLimitWatch } from '../../src/services/spendingLimits/spendingLimitWatch.ts';
import { seededChance } from '../unit/support/seededChance.ts';
import { storeSecrets } from '../unit/support/storedKeys.ts';
import { TestWindow } from '../unit/support/testWindow.ts';
import { WarningRecorder } from '../unit/support/warningRecorder.ts';
import type { WindowSpec } from './startedWindow.ts';
import { WakeCounter } from './wakeCounter.ts';

const { folder, keys, focused, isWhole, settings } = JSON.parse(process.argv[2] ?? '{}') as WindowSpec;

const clock = new WakeCounter();
// Checks are scattered as they are in a real window, and by the same numbers in each run.
const chance = isWhole ? seededChance(focused ? 2 : 1) : undefined;
const testWindow = new TestWindow({ folder, focused, settings, clock, chance });
const { store, monitor, parts } = testWindow;
await storeSecrets(testWindow.storage, keys);
const listener = new WarningRecorder(testWindow, clock);
const log = { warn: (line: string) => testWindow.logLines.push(line) };
const housekeeping = new Housekeeping({ store, clock, settings: () => testWindow.settings, log });
const spend = isWhole ? startSpend() : [];
await monitor.start();
process.stdout.write('watches\n');

const tellWhenKnown = () => {
  if (monitor.snapshot.some(({ reading }) => !reading)) return;
  process.stdout.write('knows\n');
  subscription.dispose();
};
const subscription = monitor.onDidChange(tellWhenKnown);
tellWhenKnown();

const input = createInterface({ input: process.stdin });
input.on('line', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ cpuUs: user + system, wakes: clock.wakes })}\n`);
});
input.on('close', () => {
  listener.close();
  housekeeping.dispose();
  for (const part of spend) part.dispose();
  void testWindow.close();
});

/** What `vscode/startSpend.ts` starts, without the lines on screen. */
function startSpend(): readonly { dispose(): void }[] {
  const totals = new SpendTotals(parts);
  const limitService = new SpendingLimitService(store);
  const limits = new SpendingLimitWatch({ ...parts, monitor, limitService, onDidChange: () => undefined });
  return [totals, limits, new LedgerFill({ ...parts, onTakenIn: keyId => totals.refreshKey(keyId) })];
}
