import type { Clock } from '../../../src/core/ports/clock.ts';
import type { Settings } from '../../../src/core/ports/settings.ts';
import type { StoreTrouble } from '../../../src/core/ports/storeTrouble.ts';
import type { WindowActivity } from '../../../src/core/ports/windowActivity.ts';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { type Send, sendByDefault } from '../../../src/http/send.ts';
import { createTransport, MAX_BODY_BYTES } from '../../../src/http/transport.ts';
import { redactor } from '../../../src/redaction/redactor.ts';
import type { KeyDraft } from '../../../src/services/keys/keyDraft.ts';
import { KeyService } from '../../../src/services/keys/keyService.ts';
import { OrphanedSecretService } from '../../../src/services/keys/orphanedSecretService.ts';
import type { LedgerFillParts } from '../../../src/services/ledger/ledgerFill.ts';
import type { SpendTotalsParts } from '../../../src/services/ledger/spendTotals.ts';
import { Monitor } from '../../../src/services/polling/monitor.ts';
import { KeyRequests } from '../../../src/services/requests/keyRequests.ts';
import { systemClock } from '../../../src/services/systemClock.ts';
import type { OpenDatabase } from '../../../src/store/database.ts';
import { loadHistoryTables } from '../../../src/store/loadHistoryTables.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { StoredSecrets } from '../../../src/vscode/host/secrets.ts';
import { canary } from '../../canary/search.ts';
import type { SampleGateway } from '../../sampleGateways/server.ts';
import { askedBefore } from './askedBefore.ts';
import { folderWithDatabase } from './emptyDatabase.ts';
import { discardFolder } from './folders.ts';
import { MemorySecrets } from './memorySecrets.ts';

// A store's history can be used from the first moment on.
await loadHistoryTables();

export const SETTINGS: Settings = {
  pollMs: 5 * 60_000,
  timeoutMs: 5000,
  low: { percent: 20, amounts: { USD: 1, CNY: 7 } },
  retention: { rawDays: 30, hourlyDays: 365 },
  monthBegins: 1,
  gateways: new Map(),
};

export interface TestWindowOptions {
  readonly settings?: Partial<Settings>;
  readonly clock?: Clock;
  /** A folder that another window uses as well. */
  readonly folder?: string;
  /** StoredSecrets that another window sees as well. */
  readonly storage?: MemorySecrets;
  readonly focused?: boolean;
  /** Whether all windows see the same secrets; in a browser they do not. */
  readonly secretsShared?: boolean;
  /** How long SecretStorage may take to answer. */
  readonly answerMs?: number;
  /** How requests travel; the real transport unless a test brings its own. */
  readonly send?: Send;
  /** 0 to 1; the middle unless a test wants checks spread. */
  readonly chance?: () => number;
  readonly isReachable?: (origin: string) => boolean;
  /** How many times as fast as the real one the clock runs: a request's timeout knows real time only. */
  readonly speed?: number;
  /** How the store opens its file; the real way unless a test makes it fail. */
  readonly openDatabase?: OpenDatabase;
  readonly onTrouble?: (trouble: StoreTrouble) => void;
  /** Whether sites are new to it, so that polls begin with a part of a scarce limiter. */
  readonly newSites?: boolean;
}

/** One window without VS Code around it: the real store, transport and monitor. */
export class TestWindow {
  readonly folder: string;
  readonly clock: Clock;
  readonly storage: MemorySecrets;
  readonly store: SqliteStore;
  readonly monitor: Monitor;
  readonly keyService: KeyService;
  readonly orphanedSecretService: OrphanedSecretService;
  readonly keyRequests: KeyRequests;
  readonly activity: WindowActivity;
  readonly logLines: string[] = [];
  /** The parts that services are made from. */
  readonly parts: LedgerFillParts & SpendTotalsParts;
  settings: Settings;
  focused: boolean;
  /** Whether somebody uses it, as far as the editor says. */
  active: boolean | undefined;
  readonly #ownsFolder: boolean;
  readonly #focus = new Set<() => void>();

  constructor(options: TestWindowOptions = {}) {
    const clock = options.clock ?? systemClock;
    this.clock = clock;
    this.#ownsFolder = options.folder === undefined;
    this.folder = options.folder ?? folderWithDatabase();
    this.storage = options.storage ?? new MemorySecrets();
    this.settings = { ...SETTINGS, ...options.settings };
    this.focused = options.focused ?? true;
    this.store = new SqliteStore(this.folder, clock.now(), options.onTrouble, options.openDatabase);
    if (!options.newSites) askedBefore(this.store);
    const { speed = 1 } = options;
    const secretsShared = options.secretsShared ?? true;
    const secrets = new StoredSecrets(this.storage, redactor, {
      shared: secretsShared,
      deadlineMs: options.answerMs,
    });
    const transport = createTransport(
      () => options.send ?? sendByDefault,
      () => ({ timeoutMs: this.settings.timeoutMs / speed, maxBytes: MAX_BODY_BYTES }),
    );
    const write = (line: string) => this.logLines.push(redactor.redact(line));
    const log = { info: write, warn: write, debug: write, show: () => undefined };
    const parts = {
      store: this.store,
      transport,
      redactor,
      clock,
      settings: () => this.settings,
      secrets,
      log,
      isReachable: options.isReachable ?? (() => true),
    };
    const testWindow = this;
    this.activity = {
      get focused() {
        return testWindow.focused;
      },
      get active() {
        return testWindow.active;
      },
      onDidFocus: listener => {
        testWindow.#focus.add(listener);
        return { dispose: () => testWindow.#focus.delete(listener) };
      },
    };
    this.monitor = new Monitor({
      ...parts,
      activity: this.activity,
      chance: options.chance ?? (() => 0.5),
      secretsShared,
    });
    const onChange = () => this.monitor.reload();
    this.keyService = new KeyService({ ...parts, onChange });
    this.orphanedSecretService = new OrphanedSecretService({ ...parts, onChange });
    this.keyRequests = new KeyRequests(parts);
    this.parts = {
      ...parts,
      activity: this.activity,
      monitor: this.monitor,
    };
  }

  /** Adds the sample gateway's key of that name. */
  async addKey(gateway: SampleGateway, handle: string, more: Partial<KeyDraft> = {}): Promise<string> {
    return this.keyService.add({
      label: handle,
      kind: 'newApi',
      baseUrl: gateway.origin,
      credential: 'apiKey',
      secret: gateway.secret(handle),
      ...more,
    });
  }

  /** Asks now and returns what is known then. */
  async refreshKey(id: string): Promise<KeyState> {
    await this.monitor.refresh([id], { beyondBudget: true });
    return this.keyState(id);
  }

  keyState(id: string): KeyState {
    const state = this.monitor.snapshot.find(each => each.id === id);
    if (!state) throw new Error(`No key ${id}`);
    return state;
  }

  gainFocus(): void {
    this.focused = true;
    for (const listener of this.#focus) listener();
  }

  async close(): Promise<void> {
    this.monitor.dispose();
    await this.monitor.idle();
    this.store.close();
    if (this.#ownsFolder) discardFolder(this.folder);
    canary.text('the log of a window', this.logLines.join('\n'));
    canary.text('the snapshot of a window', JSON.stringify(this.monitor.snapshot));
  }
}
