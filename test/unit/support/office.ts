import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { BaseUrl } from '../../../src/core/input/baseUrl.ts';
import { serverIdOf } from '../../../src/core/team/servedKey.ts';
import type { VersionName } from '../../sampleGateways/newApi/version.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { json } from '../../sampleGateways/wire/reply.ts';
import { discardFolder } from './folders.ts';
import { ManualClock } from './manualClock.ts';
import { MemorySecrets } from './memorySecrets.ts';
import { type OfficeCredential, OfficeServer } from './officeServer.ts';
import { DAY, HOUR, MINUTE } from './samples.ts';
import { seededChance } from './seededChance.ts';
import { storeKeys } from './storedKeys.ts';
import { TestWindow } from './testWindow.ts';

export interface OfficeOptions {
  readonly machines: number;
  /** Keys of the team; each machine has `keysEach` of them. */
  readonly keys: number;
  readonly keysEach: number;
  /** Logins at the gateway's own pages, each working day. */
  readonly logins: number;
  /** Whether billing tells the figures of each key. */
  readonly billing: 'open' | 'closed';
  readonly version?: VersionName;
  readonly seed?: number;
  /** A server that asks for all, and by what; all machines but some read their keys from it. */
  readonly server?: { readonly credential: OfficeCredential; readonly notJoined?: number };
}

/** What happened in one working day. */
export interface OfficeDay {
  /** Logins of which a call was refused: the login itself or one of the pages after it. */
  readonly refusedLogins: number;
  /** Those of them that came an hour after the first machine, or later. */
  readonly refusedLater: number;
  readonly calls: number;
  readonly scarceCalls: number;
  readonly refusedCalls: number;
  /** The most calls of machines and pages together in any three minutes, from an hour after the first machine on. */
  readonly mostGeneral: number;
  /** The share of pairs of a machine and a key that have no figure an hour or more after the machine's start. */
  readonly withoutFigure: number;
  /** Ages of figures in minutes, sampled each minute from 10:00 to 18:00. */
  readonly ages: readonly number[];
}

interface Machine {
  readonly folder: string;
  readonly storage: MemorySecrets;
  readonly chance: () => number;
  /** Whether it reads its keys from the team's server. */
  readonly isJoined: boolean;
  window?: TestWindow;
  startedAt: number;
}

const FIRST_START = 8.5 * HOUR;
const WORKS_FOR = 9 * HOUR;
const CLIENT = '127.0.0.1';
/** Minutes between two beginnings of use, on the average. */
const USE_EVERY = 200;
const USE_LASTS = 20 * MINUTE;
/** The web console asks these two after each login. */
const PAGES_AFTER_LOGIN = 2;

/**
 * An office behind one address: machines that are switched on in the morning and off in the evening, each with a window
 * and a database of its own and some of the team's keys, and people who log in at the gateway. One New API with the
 * limits it ships with, and one clock for all.
 */
export class Office {
  readonly clock: ManualClock;
  readonly gateway: SampleGateway;
  readonly #options: OfficeOptions;
  readonly #machines: readonly Machine[];
  readonly #chance: () => number;
  /** When calls of people counted against the general limiter. */
  readonly #pages: number[] = [];
  readonly #inUseUntil = new Map<string, number>();
  #server: OfficeServer | undefined;

  private constructor(gateway: SampleGateway, clock: ManualClock, options: OfficeOptions) {
    this.gateway = gateway;
    this.clock = clock;
    this.#options = options;
    const { machines, server, seed = 1 } = options;
    this.#chance = seededChance(seed);
    this.#machines = Array.from({ length: machines }, (_, index) => ({
      folder: mkdtempSync(join(tmpdir(), 'key-quota-office-')),
      storage: new MemorySecrets(),
      chance: seededChance(1000 * seed + index),
      isJoined: server !== undefined && index >= (server.notJoined ?? 0),
      startedAt: 0,
    }));
  }

  static async open(options: OfficeOptions): Promise<Office> {
    const clock = new ManualClock(Date.UTC(2026, 5, 15));
    const keys = Object.fromEntries(
      handles(options.keys).map((handle, index) => [
        handle,
        { holds: { remain: 5_000_000 + 1000 * index, used: 10_000 + 17 * index } },
      ]),
    );
    const gateway = await startSampleGateway({
      clock: clock.now,
      limits: 'real',
      version: options.version ?? 'v0.12.7',
      scenarios: 'none',
      accounts: [{ name: 'team', keys }],
    });
    if (options.billing === 'closed') {
      for (const path of BILLING) gateway.setReply(`GET ${path}`, json(404, {}));
    }
    const office = new Office(gateway, clock, options);
    if (options.server)
      office.#server = await OfficeServer.start(clock, gateway, Object.keys(keys), options.server.credential);
    return office;
  }

  /** One working day from midnight to midnight, or until a time of day. */
  async day(until = DAY): Promise<OfficeDay> {
    const midnight = this.clock.now();
    const { logins, machines } = this.#options;
    const startOf = Array.from({ length: machines }, () => FIRST_START + this.#chance() * HOUR);
    const loginTimes = Array.from({ length: logins }, () => FIRST_START + this.#chance() * WORKS_FOR);
    const callsBefore = this.gateway.calls.length;
    const pagesBefore = this.#pages.length;
    const ages: number[] = [];
    let pairs = 0;
    let pairsWithout = 0;
    let refusedLogins = 0;
    let refusedLater = 0;
    await this.#pass(FIRST_START - MINUTE);
    for (let minute = FIRST_START - MINUTE; minute < Math.min(until, DAY); minute += MINUTE) {
      if (minute > FIRST_START + WORKS_FOR + HOUR) break;
      for (const [index, machine] of this.#machines.entries()) {
        const start = startOf[index] ?? 0;
        if (start >= minute && start < minute + MINUTE) await this.#switchOn(machine, index);
        const end = start + WORKS_FOR;
        if (end >= minute && end < minute + MINUTE) await this.#switchOff(machine);
      }
      this.#spend();
      const due = loginTimes.filter(at => at >= minute && at < minute + MINUTE);
      for (const _ of due) {
        if (this.#login()) continue;
        refusedLogins += 1;
        if (minute >= FIRST_START + HOUR) refusedLater += 1;
      }
      await this.#pass(MINUTE);
      for (const machine of this.#machines) {
        for (const takenAt of this.#figuresOf(machine)) {
          const age = takenAt === undefined ? undefined : (this.clock.now() - Date.parse(takenAt)) / MINUTE;
          if (minute >= 10 * HOUR && minute < 18 * HOUR && age !== undefined) ages.push(age);
          if (this.clock.now() < machine.startedAt + HOUR) continue;
          pairs += 1;
          if (age === undefined) pairsWithout += 1;
        }
      }
    }
    for (const machine of this.#machines) await this.#switchOff(machine);
    this.clock.jump(Math.max(0, midnight + DAY - this.clock.now()));
    const calls = this.gateway.calls.slice(callsBefore);
    const times = [...calls.map(({ at }) => at), ...this.#pages.slice(pagesBefore)]
      .filter(at => at >= midnight + FIRST_START + HOUR)
      .sort((a, b) => a - b);
    return {
      refusedLogins,
      refusedLater,
      calls: calls.length,
      scarceCalls: calls.filter(({ path }) => path === '/api/usage/token/').length,
      refusedCalls: calls.filter(({ status }) => status === 429).length,
      mostGeneral: mostWithin(times, 3 * MINUTE),
      withoutFigure: pairs === 0 ? 0 : pairsWithout / pairs,
      ages,
    };
  }

  async close(): Promise<void> {
    for (const machine of this.#machines) {
      await this.#switchOff(machine);
      discardFolder(machine.folder);
    }
    await this.#server?.close();
    await this.gateway.close();
  }

  /** Lets time pass; what falls due on the way is answered before time goes on. */
  async #pass(ms: number): Promise<void> {
    const settle = async () => {
      await this.#server?.idle();
      for (const { window } of this.#machines) await window?.monitor.idle();
      await turn();
    };
    await this.clock.advance(ms, settle);
  }

  async #switchOn(machine: Machine, index: number): Promise<void> {
    const { clock } = this;
    const { folder, storage, chance } = machine;
    const window = new TestWindow({ clock, folder, storage, chance, focused: false, newSites: true });
    machine.window = window;
    machine.startedAt = clock.now();
    if (this.#server && machine.isJoined) {
      if (window.store.fresh) await joinTeam(window, this.#server.baseUrl);
    } else if (window.store.fresh) {
      const { keys, keysEach } = this.#options;
      const mine = Array.from({ length: keysEach }, (_, each) => `key-${(index * keysEach + each) % keys}`);
      const { origin } = this.gateway;
      await storeKeys(
        window,
        mine.map(handle => ({ id: handle, origin, handle })),
        clock.now(),
      );
    }
    await window.monitor.start();
  }

  /** When each figure that a machine shows was told by the gateway; undefined for a key without one. */
  #figuresOf({ window, isJoined }: Machine): readonly (string | undefined)[] {
    if (!isJoined) return (window?.store.states.allStates() ?? []).map(({ reading }) => reading?.takenAt);
    if (!window) return [];
    const served = window.monitor.snapshot.filter(({ id }) => serverIdOf(id) !== undefined);
    const byName = new Map(served.map(({ label, reading }) => [label, reading?.takenAt]));
    return handles(this.#options.keys).map(handle => byName.get(handle));
  }

  async #switchOff(machine: Machine): Promise<void> {
    const { window } = machine;
    machine.window = undefined;
    await window?.close();
  }

  /** Each key is in use for a while and then rests, a tenth of the time in all. */
  #spend(): void {
    const now = this.clock.now();
    for (const handle of handles(this.#options.keys)) {
      if (this.#chance() < 1 / USE_EVERY) this.#inUseUntil.set(handle, now + USE_LASTS);
      if ((this.#inUseUntil.get(handle) ?? 0) > now)
        this.gateway.spend(handle, { quota: 20, model: 'gpt-4.1' });
    }
  }

  /** Whether a person gets in, and sees the pages after it. */
  #login(): boolean {
    const { critical, api } = this.gateway.limiters;
    const verdicts = [critical?.take(CLIENT)];
    for (let page = 0; page < PAGES_AFTER_LOGIN; page++) {
      verdicts.push(api?.take(CLIENT));
      this.#pages.push(this.clock.now());
    }
    return verdicts.every(verdict => verdict?.allowed);
  }
}

async function joinTeam({ keyService }: TestWindow, baseUrl: BaseUrl): Promise<void> {
  const secret = secretFor('token of a reader');
  await keyService.add({ label: 'Team', kind: 'teamServer', baseUrl, secret, credential: 'accessToken' });
}

const BILLING = ['subscription', 'usage'].flatMap(name => [
  `/dashboard/billing/${name}`,
  `/v1/dashboard/billing/${name}`,
]);

function handles(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `key-${index}`);
}

/** The most of ascending times that lie within any span. */
function mostWithin(times: readonly number[], spanMs: number): number {
  let most = 0;
  let first = 0;
  times.forEach((time, index) => {
    while ((times[first] ?? time) <= time - spanMs) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}
