import { setImmediate as turn } from 'node:timers/promises';
import { LedgerFill } from '../../../src/services/ledger/ledgerFill.ts';
import type { LimiterMode } from '../../sampleGateways/limiter.ts';
import type { GatewayOptions } from '../../sampleGateways/options.ts';
import type { Scenario } from '../../sampleGateways/scenarios/scenario.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { CrashableWindow } from './crashableWindow.ts';
import { ManualClock } from './manualClock.ts';
import { MemorySecrets } from './memorySecrets.ts';
import { seededChance } from './seededChance.ts';
import { type StoredKey, storeKeys } from './storedKeys.ts';

function ordinaryKeys(count: number): Readonly<Record<string, Scenario>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, {}]));
}

export interface SharedMachineOptions {
  readonly folder: string;
  /** So many ordinary keys of accounts of their own, or the keys of one account by their names. */
  readonly keys: number | Readonly<Record<string, Scenario>>;
  readonly limiterMode?: LimiterMode;
  /** What else is different at the gateway. */
  readonly gateway?: GatewayOptions;
  readonly seed?: number;
  /** Whether logs of keys are read in the background. */
  readonly fillsLedger?: boolean;
}

/**
 * A machine on which windows open, close and die while a person goes from one to the other, and a gateway
 * with its real limits. The first key is pinned. Time is one for all and passes at will.
 */
export class SharedMachine {
  readonly clock = new ManualClock();
  readonly gateway: SampleGateway;
  readonly windows: CrashableWindow[] = [];
  /** When each key was read, by id. Epoch milliseconds. */
  readonly readings = new Map<string, number[]>();
  readonly chance: () => number;
  readonly #folder: string;
  readonly #storage = new MemorySecrets();
  readonly #crashedWindows: CrashableWindow[] = [];
  readonly #fillsLedger: boolean;
  readonly #fills = new Map<CrashableWindow, LedgerFill>();

  private constructor(
    gateway: SampleGateway,
    clock: ManualClock,
    { folder, seed = 1, fillsLedger = false }: SharedMachineOptions,
  ) {
    this.gateway = gateway;
    this.clock = clock;
    this.#folder = folder;
    this.chance = seededChance(seed);
    this.#fillsLedger = fillsLedger;
  }

  static async open(options: SharedMachineOptions): Promise<SharedMachine> {
    const clock = new ManualClock();
    const scenarios = typeof options.keys === 'number' ? ordinaryKeys(options.keys) : options.keys;
    const handles = Object.keys(scenarios);
    const gateway = await startSampleGateway({
      clock: clock.now,
      limits: 'real',
      limiterMode: options.limiterMode ?? 'sliding',
      ...(typeof options.keys === 'number'
        ? { scenarios }
        : { accounts: [{ name: 'team', quota: 500_000_000, used: 20_000_000, keys: scenarios }] }),
      ...options.gateway,
    });
    const machine = new SharedMachine(gateway, clock, options);
    const first = machine.#newWindow();
    const { origin } = gateway;
    const keys = handles.map((handle, at): StoredKey => ({ id: handle, origin, handle, pinned: at === 0 }));
    await storeKeys(first.testWindow, keys, clock.now());
    await first.testWindow.monitor.start();
    first.testWindow.gainFocus();
    return machine;
  }

  async openWindow(): Promise<CrashableWindow> {
    const window = this.#newWindow();
    await window.testWindow.monitor.start();
    return window;
  }

  /** Closes a window as VS Code does. */
  async closeWindow(window: CrashableWindow): Promise<void> {
    this.windows.splice(this.windows.indexOf(window), 1);
    this.#fills.get(window)?.dispose();
    this.#fills.delete(window);
    await window.testWindow.close();
  }

  /** The person goes to another window. */
  focus(window: CrashableWindow): void {
    for (const other of this.windows) other.testWindow.focused = false;
    window.testWindow.gainFocus();
  }

  /** The window the person is at; none when it has just died or been closed. */
  get focused(): CrashableWindow | undefined {
    return this.windows.find(({ testWindow, isCrashed }) => testWindow.focused && !isCrashed);
  }

  /** Lets time pass; what falls due on the way is answered before time goes on. */
  async advance(ms: number): Promise<void> {
    await this.#awaitIdleWindows();
    await this.clock.advance(ms, () => this.#awaitIdleWindows());
    for (const window of this.windows.filter(({ isCrashed }) => isCrashed)) {
      this.windows.splice(this.windows.indexOf(window), 1);
      this.#crashedWindows.push(window);
    }
    this.#recordReadings();
  }

  /** The longest time a key went without being read, from the beginning until now. */
  longestGap(keyId: string, since: number): number {
    const times = [since, ...(this.readings.get(keyId) ?? []), this.clock.now()];
    return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
  }

  /** The same of times that end after a moment, however early they began. */
  longestGapAfter(keyId: string, moment: number): number {
    const read = this.readings.get(keyId) ?? [];
    const before = read.filter(time => time <= moment).at(-1) ?? moment;
    const times = [before, ...read.filter(time => time > moment), this.clock.now()];
    return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
  }

  async close(): Promise<void> {
    for (const window of [...this.windows]) await this.closeWindow(window);
    // Only now, so that files can be removed: a dead window closes nothing.
    for (const { testWindow } of this.#crashedWindows) testWindow.store.close();
    await this.gateway.close();
  }

  #newWindow(): CrashableWindow {
    const { clock, chance } = this;
    const window = new CrashableWindow({ clock, chance, folder: this.#folder, storage: this.#storage });
    this.windows.push(window);
    if (this.#fillsLedger) this.#fills.set(window, new LedgerFill(window.testWindow.parts));
    return window;
  }

  async #awaitIdleWindows(): Promise<void> {
    for (const window of this.windows) {
      await window.settled();
      await Promise.race([this.#fills.get(window)?.idle(), window.crashed]);
    }
    // Another window takes in what one window wrote in its own next turn.
    await turn();
  }

  #recordReadings(): void {
    for (const { keyId, reading } of this.windows[0]?.testWindow.store.states.allStates() ?? []) {
      if (!reading) continue;
      const takenAt = Date.parse(reading.takenAt);
      const times = this.readings.get(keyId) ?? [];
      if (times.at(-1) !== takenAt) this.readings.set(keyId, [...times, takenAt]);
    }
  }
}
