import { setImmediate as turn } from 'node:timers/promises';
import type { LimiterMode } from '../../sampleGateways/limiter.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { ManualClock } from './manualClock.ts';
import { MemorySecrets } from './memorySecrets.ts';
import { MortalWindow } from './mortalWindow.ts';
import { type PlacedKey, placeKeys } from './placedKeys.ts';
import { seededChance } from './seededChance.ts';

export interface HouseOptions {
  readonly folder: string;
  readonly keys: number;
  readonly limiterMode?: LimiterMode;
  readonly seed?: number;
}

/**
 * A machine on which windows open, close and die while a person goes from one to the other, and a gateway
 * with its real limits. The first key is pinned. Time is one for all and passes at will.
 */
export class House {
  readonly clock = new ManualClock();
  readonly gateway: SampleGateway;
  readonly windows: MortalWindow[] = [];
  /** When each key was read, by id. Epoch milliseconds. */
  readonly readings = new Map<string, number[]>();
  readonly chance: () => number;
  readonly #folder: string;
  readonly #storage = new MemorySecrets();
  readonly #dead: MortalWindow[] = [];

  private constructor(gateway: SampleGateway, clock: ManualClock, { folder, seed = 1 }: HouseOptions) {
    this.gateway = gateway;
    this.clock = clock;
    this.#folder = folder;
    this.chance = seededChance(seed);
  }

  static async open(options: HouseOptions): Promise<House> {
    const clock = new ManualClock();
    const handles = Array.from({ length: options.keys }, (_, index) => `key-${index}`);
    const gateway = await startSampleGateway({
      clock: clock.now,
      limits: 'real',
      limiterMode: options.limiterMode ?? 'sliding',
      scenarios: Object.fromEntries(handles.map(handle => [handle, {}])),
    });
    const house = new House(gateway, clock, options);
    const first = house.#newWindow();
    const { origin } = gateway;
    const keys = handles.map((handle, at): PlacedKey => ({ id: handle, origin, handle, pinned: at === 0 }));
    await placeKeys(first.world, keys, clock.now());
    await first.world.monitor.start();
    first.world.gainFocus();
    return house;
  }

  async openWindow(): Promise<MortalWindow> {
    const window = this.#newWindow();
    await window.world.monitor.start();
    return window;
  }

  /** Closes a window as VS Code does. */
  async closeWindow(window: MortalWindow): Promise<void> {
    this.windows.splice(this.windows.indexOf(window), 1);
    await window.world.close();
  }

  /** The person goes to another window. */
  focus(window: MortalWindow): void {
    for (const other of this.windows) other.world.focused = false;
    window.world.gainFocus();
  }

  /** The window the person is at; none when it has just died or been closed. */
  get focused(): MortalWindow | undefined {
    return this.windows.find(({ world, isDead }) => world.focused && !isDead);
  }

  /** Lets time pass; what falls due on the way is answered before time goes on. */
  async pass(ms: number): Promise<void> {
    await this.#settle();
    await this.clock.advance(ms, () => this.#settle());
    for (const window of this.windows.filter(({ isDead }) => isDead)) {
      this.windows.splice(this.windows.indexOf(window), 1);
      this.#dead.push(window);
    }
    this.#note();
  }

  /** The longest time a key went without being read, from the beginning until now. */
  longestGap(keyId: string, since: number): number {
    const times = [since, ...(this.readings.get(keyId) ?? []), this.clock.now()];
    return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
  }

  async close(): Promise<void> {
    for (const window of [...this.windows]) await this.closeWindow(window);
    // Only now, so that files can be removed: a dead window closes nothing.
    for (const { world } of this.#dead) world.store.close();
    await this.gateway.close();
  }

  #newWindow(): MortalWindow {
    const { clock, chance } = this;
    const window = new MortalWindow({ clock, chance, folder: this.#folder, storage: this.#storage });
    this.windows.push(window);
    return window;
  }

  async #settle(): Promise<void> {
    for (const window of this.windows) await window.settled();
    // What one window wrote, another one takes in with its own next turn.
    await turn();
  }

  #note(): void {
    for (const { keyId, reading } of this.windows[0]?.world.store.states.allStates() ?? []) {
      if (!reading) continue;
      const takenAt = Date.parse(reading.takenAt);
      const times = this.readings.get(keyId) ?? [];
      if (times.at(-1) !== takenAt) this.readings.set(keyId, [...times, takenAt]);
    }
  }
}
