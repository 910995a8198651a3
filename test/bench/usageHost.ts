import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackedMessage } from '../../src/core/panels/packedUsage.ts';
import { HOUR_MS } from '../../src/core/time.ts';
import { redactor } from '../../src/redaction/redactor.ts';
import { UsageCache } from '../../src/services/usage/usageCache.ts';
import type { SqliteStore } from '../../src/store/store.ts';
import type { CommandParts } from '../../src/vscode/commands/commandParts.ts';
import type * as QueryForPanel from '../../src/vscode/commands/usage/queryForPanel.ts';
import { SeriesColors } from '../../src/vscode/panels/seriesColors.ts';
import type * as Panels from '../../src/vscode/panels/usagePanel.ts';
import type { PageHost } from '../host/panelSite.ts';
import { secretFor } from '../sampleGateways/secrets.ts';
import { importWithStub } from '../unit/support/vscodeStub.ts';
import { working } from './spendShapes.ts';
import { yearOfHistory } from './yearOfHistory.ts';
import { fillYearOfLedger } from './yearOfLedger.ts';

const { UsagePanel } = await importWithStub<typeof Panels>('vscode/panels/usagePanel.ts');
const { queryForPanel } = await importWithStub<typeof QueryForPanel>(
  'vscode/commands/usage/queryForPanel.ts',
);

/** Enough for the longest preset, a quarter. */
const DAYS = 95;

/** The usage panel's host with a ledger that has all of its ranges, and a page in a browser in the place of VS Code's. */
export class UsageHost implements PageHost {
  /** Calls that a gateway would have been asked for. */
  calls = 0;
  /** How many reports with spend the last message to the page had. */
  shownReports = 0;
  readonly #folder: string;
  readonly #store: SqliteStore;
  readonly #panel: Panels.UsagePanel;
  readonly #waiting: PackedMessage[] = [];
  #onMessage: ((message: PackedMessage) => void) | undefined;
  #receive: (message: unknown) => void = () => undefined;

  constructor(keyCount: number) {
    this.#folder = mkdtempSync(join(tmpdir(), 'key-quota-bench-'));
    const { store, keyIds, end } = yearOfHistory(this.#folder, keyCount, DAYS, working);
    fillYearOfLedger(store, keyIds, end / 1000, DAYS);
    this.#store = store;
    for (const id of keyIds) redactor.protect(secretFor(id));
    // In the middle of a day, of which the ledger has all that has passed.
    const now = end - 12 * HOUR_MS;
    this.#panel = this.#panelOf(keyIds, now);
    this.#connect();
  }

  #panelOf(keyIds: readonly string[], now: number): Panels.UsagePanel {
    const store = this.#store;
    const keys = keyIds.flatMap(id => store.keys.findKey(id) ?? []);
    const keysById = new Map(keys.map(key => [key.id, key]));
    const run = () => {
      this.calls++;
      return Promise.reject(new Error('The ledger has it all'));
    };
    const clock = { now: () => now, after: () => () => undefined };
    const parts = {
      ...{ store, clock, usageCache: new UsageCache() },
      keyRequests: { run },
      keyService: { keysById: () => keysById },
      monitor: { snapshot: keys },
    } as unknown as CommandParts;
    const memory = new Map<string, unknown>();
    const colors = new SeriesColors({
      globalState: {
        get: name => memory.get(name),
        update: async (name, value) => {
          memory.set(name, value);
        },
      },
    });
    return new UsagePanel({
      extensionUri: { path: '/' } as never,
      ask: (...asked) => queryForPanel(parts, ...asked),
      mayAskNow: async () => false,
      stopWaiting: () => undefined,
      hours: async () => [],
      keysToChoose: () => keys.map(({ id, label }) => ({ id, label })),
      slotsOf: ids => colors.slotsOf(ids),
      exportUsage: async () => undefined,
      ...clock,
    });
  }

  hear(message: unknown): void {
    this.#receive(message);
  }

  async next(): Promise<PackedMessage> {
    const message = this.#waiting.shift();
    if (message) return message;
    return new Promise(resolve => {
      this.#onMessage = resolve;
    });
  }

  #send(message: PackedMessage): void {
    if (message.type === 'show')
      this.shownReports = message.answer.reports.filter(({ total }) => total?.used).length;
    const take = this.#onMessage;
    this.#onMessage = undefined;
    if (take) take(message);
    else this.#waiting.push(message);
  }

  /** Gives the panel a page, which is not loaded yet. */
  #connect(): void {
    const webview = {
      options: {},
      html: '',
      cspSource: '',
      asWebviewUri: (uri: { path: string }) => uri.path,
      onDidReceiveMessage: (listener: (message: unknown) => void) => {
        this.#receive = listener;
      },
      postMessage: async (message: PackedMessage) => this.#send(message),
    };
    const place = { title: '', onDidDispose: () => undefined, dispose: () => undefined, webview };
    const question = { keyIds: [], from: '2026-06-14', to: '2026-06-14' };
    this.#panel.revive(place as never, { answer: { question }, comparing: false });
  }

  close(): void {
    this.#panel.dispose();
    this.#store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
