import { redactor } from '../../../src/redaction/redactor.ts';
import { SpendingLimitService } from '../../../src/services/spendingLimits/spendingLimitService.ts';
import { HistoryService } from '../../../src/services/usage/historyService.ts';
import type { CommandParts } from '../../../src/vscode/commands/commandParts.ts';
import type { SecretClipboard } from '../../../src/vscode/host/clipboard.ts';
import { ProxyLogins } from '../../../src/vscode/host/proxyLogins.ts';
import { StoredSecrets } from '../../../src/vscode/host/secrets.ts';
import type { Views } from '../../../src/vscode/views/views.ts';
import { ManualClock } from './manualClock.ts';
import { TestWindow, type TestWindowOptions } from './testWindow.ts';
import { importWithStub } from './vscodeStub.ts';

/** One window with the parts that its commands use, and a stand-in for the person. */
export class CommandSetup {
  readonly clock: ManualClock;
  readonly testWindow: TestWindow;
  readonly parts: CommandParts;
  readonly clipboard: SecretClipboard;

  private constructor(testWindow: TestWindow, clipboard: SecretClipboard, clock: ManualClock) {
    this.clock = clock;
    this.testWindow = testWindow;
    this.clipboard = clipboard;
    const { monitor, keyService, keyRequests, store } = testWindow;
    // Without panels and a selection in the tree, which no command under test here uses.
    this.parts = {
      monitor,
      keyService,
      keyRequests,
      limitService: new SpendingLimitService(store),
      historyService: new HistoryService(store, this.clock),
      store,
      clock: this.clock,
      settings: () => testWindow.settings,
      secretClipboard: clipboard,
      views: { tree: { selectedLine: undefined } } as Partial<Views> as Views,
      proxyLogins: new ProxyLogins(testWindow.storage, redactor),
      log: { info: () => undefined, warn: () => undefined, debug: () => undefined, show: () => undefined },
    } as Partial<CommandParts> as CommandParts;
  }

  static async open(options: TestWindowOptions = {}): Promise<CommandSetup> {
    const host =
      await importWithStub<typeof import('../../../src/vscode/host/clipboard.ts')>(
        'vscode/host/clipboard.ts',
      );
    const testWindow = new TestWindow(options);
    const secrets = new StoredSecrets(testWindow.storage, redactor);
    const clock = new ManualClock();
    const clipboard = new host.SecretClipboard({
      secrets,
      after: clock.after,
      now: () => clock.now(),
      store: testWindow.store,
    });
    return new CommandSetup(testWindow, clipboard, clock);
  }

  async close(): Promise<void> {
    await this.testWindow.close();
  }
}
