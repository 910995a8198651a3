import type { UsagePageMessage } from '../../../src/core/panels/usageMessages.ts';
import type { KeyDraft } from '../../../src/services/keys/keyService.ts';
import { UsageCache } from '../../../src/services/usage/usageCache.ts';
import type { CommandParts } from '../../../src/vscode/commands/commandParts.ts';
import type { UsagePanel } from '../../../src/vscode/panels/usagePanel.ts';
import type { Desk } from './desk.ts';
import { importWithStub } from './vscodeStub.ts';

type Shown = Extract<UsagePageMessage, { type: 'show' }>;

/** The usage panel's host with a stand-in for its page: what it is told, and what a person presses there. */
export class PanelDesk {
  readonly desk: Desk;
  readonly parts: CommandParts;
  readonly panel: UsagePanel;
  readonly told: UsagePageMessage[] = [];
  /** How often it asked, whether an answer came or not. */
  asks = 0;
  #press: (message: unknown) => void = () => undefined;
  #close: () => void = () => undefined;

  private constructor(desk: Desk, parts: CommandParts, panel: UsagePanel) {
    this.desk = desk;
    this.parts = parts;
    this.panel = panel;
  }

  /** Opens the panel on a range of some keys, which is asked for as after a reload. */
  static async open(
    desk: Desk,
    keys: readonly KeyDraft[],
    range: { from: string; to: string },
  ): Promise<PanelDesk> {
    const ids: string[] = [];
    for (const key of keys) ids.push((await desk.add(key)).id);
    const { UsagePanel: Panel } = await importWithStub<
      typeof import('../../../src/vscode/panels/usagePanel.ts')
    >('vscode/panels/usagePanel.ts');
    const { queryForPanel, queryNowForPanel } = await importWithStub<
      typeof import('../../../src/vscode/commands/usage/queryForPanel.ts')
    >('vscode/commands/usage/queryForPanel.ts');
    const { monitor, keyService, keyRequests, store } = desk.world;
    const { clock } = desk;
    const answers = new UsageCache();
    const parts = {
      monitor,
      keyService,
      keyRequests,
      store,
      clock,
      usageCache: answers,
      settings: () => desk.world.settings,
    } as Partial<CommandParts> as CommandParts;
    const panel: UsagePanel = new Panel({
      extensionUri: { path: '/' } as never,
      ask: (question, progress, signal) => {
        opened.asks++;
        return queryForPanel(parts, question, progress, signal);
      },
      askNow: (question, progress, signal) => queryNowForPanel(parts, question, progress, signal),
      exportReports: async () => undefined,
      now: () => clock.now(),
      after: (ms, work) => clock.after(ms, work),
    });
    const opened: PanelDesk = new PanelDesk(desk, parts, panel);
    panel.revive(opened.#page as never, {
      answer: { question: { keyIds: ids, ...range } },
      comparing: false,
    });
    await opened.press({ type: 'ready' });
    return opened;
  }

  /** What a page is, as far as the host uses it. */
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
        onDidReceiveMessage: (heard: (message: unknown) => void) => {
          this.#press = heard;
        },
        postMessage: async (message: UsagePageMessage) => {
          this.told.push(message);
        },
      },
    };
  }

  /** Does what a button does, and waits for the answer. */
  async press(message: unknown): Promise<void> {
    const before = this.told.length;
    this.#press(message);
    await this.settled(before);
  }

  /** Waits until nothing is asked any more. */
  async settled(since = 0): Promise<void> {
    const isBusy = () => {
      const types = this.told.slice(since).map(({ type }) => type);
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
    const shown = this.told.findLast(message => message.type === 'show');
    if (shown?.type !== 'show') throw new Error('nothing is shown');
    return shown;
  }
}
