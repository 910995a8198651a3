import { setTimeout as pause } from 'node:timers/promises';
import { Child } from '../unit/support/child.ts';
import { MemorySecrets } from '../unit/support/memorySecrets.ts';
import { seededChance } from '../unit/support/seededChance.ts';
import { storeKeys } from '../unit/support/storedKeys.ts';
import type { FastClock } from './fastClock.ts';
import type { WindowRole } from './happenings.ts';
import type { WatchedKey } from './places.ts';
import { SoakWindow } from './soakWindow.ts';
import type { WindowOrder } from './windowProcess.ts';

export interface WindowsOptions {
  readonly clock: FastClock;
  readonly folder: string;
  readonly keys: readonly WatchedKey[];
  readonly seed: number;
}

/** What became of a window whose disk was full. */
export interface FullDisk {
  /** How often the person was told. */
  readonly told: number;
  readonly wentOnInMemory: boolean;
  /** Keys it has asked about since. */
  readonly asked: number;
}

/** Whether a window did all that is wanted of one whose disk is full. */
export function wentOn({ wentOnInMemory, asked }: FullDisk): boolean {
  return wentOnInMemory && asked > 0;
}

/** How long a window with a full disk is waited for to find out, at most. */
const FULL_DISK_MS = 3000;
const LOOK_MS = 20;
/** How long a window that is to die is waited for to send a request first. */
const ASKING_MS = 1000;

/** The windows over one database, and the person who goes from one to the other. */
export class Windows {
  readonly lasting: SoakWindow;
  killed = 0;
  /** Those of the killed that had just sent a request. */
  killedAsking = 0;
  readonly fullDisks: FullDisk[] = [];
  /** What the windows of this process wrote into their logs. */
  readonly lines: string[] = [];
  /** How many warnings they showed. */
  warnings = 0;
  readonly #options: WindowsOptions;
  readonly #storage = new MemorySecrets();
  readonly #chance: () => number;
  #reloaded: SoakWindow;
  /** None while one is being replaced. */
  #process: Child | undefined;
  /** Since when the reloaded window's disk is full. */
  #fullSince: number | undefined;

  private constructor(options: WindowsOptions) {
    this.#options = options;
    this.#chance = seededChance(options.seed);
    this.lasting = this.#newWindow();
    this.#reloaded = this.#newWindow();
  }

  static async open(options: WindowsOptions): Promise<Windows> {
    const windows = new Windows(options);
    await storeKeys(windows.lasting.testWindow, options.keys, options.clock.now());
    for (const { testWindow } of windows.inThisProcess) await testWindow.monitor.start();
    await windows.#startProcess();
    return windows;
  }

  get inThisProcess(): readonly SoakWindow[] {
    return [this.lasting, this.#reloaded];
  }

  /** The person goes to this window. */
  look(role: WindowRole): void {
    for (const { testWindow } of this.inThisProcess) testWindow.focused = false;
    this.#process?.writeLine(role === 'killed' ? 'focus' : 'blur');
    if (role === 'lasting') this.lasting.testWindow.gainFocus();
    if (role === 'reloaded') this.#reloaded.testWindow.gainFocus();
  }

  fillDisk(): void {
    this.#reloaded.fillDisk();
    this.#fullSince = this.#options.clock.now();
  }

  /** Closes a window in good order, once it has met its full disk, and opens another in its place. */
  async reload(): Promise<void> {
    await this.#meetFullDisk();
    await this.#closeWindow(this.#reloaded);
    this.#reloaded = this.#newWindow();
    await this.#reloaded.testWindow.monitor.start();
  }

  /** Ends a window's process in the middle of a request, where it sends one soon, and starts another. */
  async kill(): Promise<void> {
    const old = this.#process;
    if (!old) return;
    const asking = new Promise<boolean>(resolve => old.onLine(() => resolve(true)));
    const isAsking = await Promise.race([asking, pause(ASKING_MS, false)]);
    this.#process = undefined;
    await old.kill();
    this.killed++;
    if (isAsking) this.killedAsking++;
    await this.#startProcess();
  }

  /** Drops the log lines and warnings of the windows of this process so far. */
  takeWords(): void {
    for (const window of this.inThisProcess) this.#takeWords(window);
  }

  /** Closes all of them in good order. Returns the exit code of the one with a process of its own. */
  async close(): Promise<number | null> {
    for (const window of this.inThisProcess) await this.#closeWindow(window);
    this.#process?.process.stdin?.end();
    return this.#process ? this.#process.ended : null;
  }

  async #closeWindow(window: SoakWindow): Promise<void> {
    if (window === this.#reloaded) this.#noteFullDisk();
    await window.close();
    this.#takeWords(window);
  }

  /** On a busy machine it may have had no turn to write while its disk was full; it gets one, and no more. */
  async #meetFullDisk(): Promise<void> {
    const deadline = performance.now() + FULL_DISK_MS;
    while (performance.now() < deadline) {
      const fullDisk = this.#fullDisk();
      if (!fullDisk || wentOn(fullDisk)) return;
      await pause(LOOK_MS);
    }
  }

  #noteFullDisk(): void {
    const fullDisk = this.#fullDisk();
    if (fullDisk) this.fullDisks.push(fullDisk);
    this.#fullSince = undefined;
  }

  /** What has become of the reloaded window so far; undefined while its disk has room. */
  #fullDisk(): FullDisk | undefined {
    const since = this.#fullSince;
    if (since === undefined) return undefined;
    const { troubles, testWindow } = this.#reloaded;
    return {
      told: troubles.length,
      wentOnInMemory: !testWindow.store.shared && troubles[0]?.kind === 'unwritable',
      asked: testWindow.store.states.allStates().filter(({ checkedAt = 0 }) => checkedAt > since).length,
    };
  }

  #takeWords({ testWindow, listener }: SoakWindow): void {
    this.lines.push(...testWindow.logLines.splice(0));
    this.warnings += listener.shown.splice(0).length;
  }

  #newWindow(): SoakWindow {
    const { clock, folder } = this.#options;
    return new SoakWindow({ clock, folder, storage: this.#storage, chance: this.#chance });
  }

  async #startProcess(): Promise<void> {
    const { clock, folder, keys, seed } = this.#options;
    const order: WindowOrder = { time: clock.time, folder, keys, seed: seed + this.killed + 1 };
    const child = new Child(new URL('windowProcess.ts', import.meta.url), [JSON.stringify(order)]);
    await child.untilLine('ready');
    this.#process = child;
  }
}
