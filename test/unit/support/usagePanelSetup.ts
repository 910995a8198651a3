import { type PackedMessage, unpackMessage } from '../../../src/core/panels/packedUsage.ts';
import type { UsageExport } from '../../../src/core/panels/usageExport.ts';
import type { UsagePageMessage } from '../../../src/core/panels/usageMessages.ts';
import type { KeyDraft } from '../../../src/services/keys/keyDraft.ts';
import { UsageCache } from '../../../src/services/usage/usageCache.ts';
import type { CommandParts } from '../../../src/vscode/commands/commandParts.ts';
import type { UsagePanel } from '../../../src/vscode/panels/usagePanel.ts';
import type { TestSetup } from './testSetup.ts';
import { importWithStub } from './vscodeStub.ts';

type Shown = Extract<UsagePageMessage, { type: 'show' }>;

/** The usage panel's host with a stand-in for its page: what it is told, and what a person presses there. */
export class UsagePanelSetup {
  readonly setup: TestSetup;
  readonly parts: CommandParts;
  readonly panel: UsagePanel;
  readonly messages: UsagePageMessage[] = [];
  /** What was exported. */
  readonly exported: UsageExport[] = [];
  /** How often it asked, whether an answer came or not. */
  queryCount = 0;
  #press: (message: unknown) => void = () => undefined;
  #close: () => void = () => undefined;

  private constructor(setup: TestSetup, parts: CommandParts, panel: UsagePanel) {
    this.setup = setup;
    this.parts = parts;
    this.panel = panel;
  }

  /** Opens the panel on a range of some keys, which is asked for as after a reload. */
  static async open(
    setup: TestSetup,
    keys: readonly KeyDraft[],
    range: { from: string; to: string },
  ): Promise<UsagePanelSetup> {
    const ids: string[] = [];
    for (const key of keys) ids.push((await setup.add(key)).id);
    const { UsagePanel: Panel } = await importWithStub<
      typeof import('../../../src/vscode/panels/usagePanel.ts')
    >('vscode/panels/usagePanel.ts');
    const { queryForPanel, mayAskNow, hoursForPanel } = await importWithStub<
      typeof import('../../../src/vscode/commands/usage/queryForPanel.ts')
    >('vscode/commands/usage/queryForPanel.ts');
    const { monitor, keyService, keyRequests, store } = setup.testWindow;
    const { clock } = setup;
    const answers = new UsageCache();
    const parts = {
      monitor,
      keyService,
      keyRequests,
      store,
      clock,
      usageCache: answers,
      settings: () => setup.testWindow.settings,
    } as Partial<CommandParts> as CommandParts;
    const panel: UsagePanel = new Panel({
      extensionUri: { path: '/' } as never,
      ask: (...asked) => {
        opened.queryCount++;
        return queryForPanel(parts, ...asked);
      },
      mayAskNow: keyIds => mayAskNow(parts, keyIds),
      stopWaiting: keyIds => keyRequests.stopWaiting(keyIds, 'question'),
      hours: question => hoursForPanel(parts, question),
      keysToChoose: () => monitor.snapshot.map(({ id, label }) => ({ id, label })),
      slotsOf: () => ({ keys: [], models: [] }),
      exportUsage: async exported => {
        opened.exported.push(exported);
      },
      now: () => clock.now(),
      after: (ms, work) => clock.after(ms, work),
    });
    const opened: UsagePanelSetup = new UsagePanelSetup(setup, parts, panel);
    panel.revive(opened.#page as never, {
      answer: { question: { keyIds: ids, ...range } },
      comparing: false,
    });
    await opened.press({ type: 'ready' });
    return opened;
  }

  /** A stand-in for the page, with the members that the host uses. */
  get #page() {
    return {
      title: '',
      onDidDispose: (closed: () => void) => {
        this.#close = closed;
      },
      webview: {
        options: {},
        html: '',
        cspSource: '',
        asWebviewUri: (uri: { path: string }) => uri.path,
        onDidReceiveMessage: (listener: (message: unknown) => void) => {
          this.#press = listener;
        },
        postMessage: async (message: PackedMessage) => {
          this.messages.push(unpackMessage(message));
        },
      },
    };
  }

  /** Does what a button does, and waits for the answer. */
  async press(message: unknown): Promise<void> {
    const before = this.messages.length;
    this.#press(message);
    await this.settled(before);
  }

  /** Waits until nothing is asked any more. */
  async settled(since = 0): Promise<void> {
    const isBusy = () => {
      const types = this.messages.slice(since).map(({ type }) => type);
      return types.lastIndexOf('busy') > types.lastIndexOf('idle');
    };
    do await new Promise(resolve => setTimeout(resolve, 5));
    while (isBusy());
  }

  close(): void {
    this.#close();
  }

  /** What is on the page now. */
  get shown(): Shown {
    const shown = this.messages.findLast(message => message.type === 'show');
    if (shown?.type !== 'show') throw new Error('nothing is shown');
    return shown;
  }
}
