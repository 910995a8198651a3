import { redactor } from '../../../src/redaction/redactor.ts';
import { HistoryService } from '../../../src/services/usage/historyService.ts';
import type { CommandParts } from '../../../src/vscode/commands/commandParts.ts';
import type { SecretClipboard } from '../../../src/vscode/host/clipboard.ts';
import { ProxyLogins } from '../../../src/vscode/host/proxyLogins.ts';
import { StoredSecrets } from '../../../src/vscode/host/secrets.ts';
import { ManualClock } from './manualClock.ts';
import { importWithStub } from './vscodeStub.ts';
import { World, type WorldOptions } from './world.ts';

/** One window and what its commands work with, a person's stand-in in front of it. */
export class CommandDesk {
  readonly clock: ManualClock;
  readonly world: World;
  readonly parts: CommandParts;
  readonly clipboard: SecretClipboard;

  private constructor(world: World, clipboard: SecretClipboard, clock: ManualClock) {
    this.clock = clock;
    this.world = world;
    this.clipboard = clipboard;
    const { monitor, keyService, keyRequests, store } = world;
    // Panels and views are not there; no command under test here has any use for them.
    this.parts = {
      monitor,
      keyService,
      keyRequests,
      historyService: new HistoryService(store, this.clock),
      store,
      clock: this.clock,
      settings: () => world.settings,
      secretClipboard: clipboard,
      proxyLogins: new ProxyLogins(world.storage, redactor),
      log: { info: () => undefined, warn: () => undefined, debug: () => undefined, show: () => undefined },
    } as Partial<CommandParts> as CommandParts;
  }

  static async open(options: WorldOptions = {}): Promise<CommandDesk> {
    const host =
      await importWithStub<typeof import('../../../src/vscode/host/clipboard.ts')>(
        'vscode/host/clipboard.ts',
      );
    const world = new World(options);
    const secrets = new StoredSecrets(world.storage, redactor);
    const clock = new ManualClock();
    const clipboard = new host.SecretClipboard({
      secrets,
      after: clock.after,
      now: () => clock.now(),
      store: world.store,
    });
    return new CommandDesk(world, clipboard, clock);
  }

  async close(): Promise<void> {
    await this.world.close();
  }
}
