import type { KeyState } from '../../../src/core/quota/keyState.ts';
import type { BillingNote } from '../../../src/gateways/siteNotes.ts';
import { notesIn } from '../../../src/services/requests/siteNotes.ts';
import type { GatewayOptions } from '../../sampleGateways/options.ts';
import type { Scenario } from '../../sampleGateways/scenarios/scenario.ts';
import { advanceWindows } from './advanceWindows.ts';
import { MINUTE } from './samples.ts';
import { TestSetup } from './testSetup.ts';

const USAGE = '/api/usage/token/';
const BILLED_USE = '/v1/dashboard/billing/usage';
const BILLED_LIMIT = '/v1/dashboard/billing/subscription';

/** How often a key was asked which way. */
export interface Asked {
  readonly own: number;
  readonly use: number;
  readonly limit: number;
}

/** A window in front of a New API site whose keys are of one account, and the time that passes there. */
export class BilledSetup {
  readonly setup: TestSetup;
  readonly #ids = new Map<string, string>();
  #seen = 0;

  private constructor(setup: TestSetup) {
    this.setup = setup;
  }

  static async open(
    keys: Readonly<Record<string, Scenario>>,
    more: GatewayOptions = {},
  ): Promise<BilledSetup> {
    const account = { name: 'team', quota: 50_000_000, used: 3_000_000, keys };
    const setup = await TestSetup.open({ accounts: [account], limits: 'real', version: 'v0.12.0', ...more });
    await setup.testWindow.monitor.start();
    return new BilledSetup(setup);
  }

  /** Adds a key, which is read at once. */
  async add(handle: string): Promise<void> {
    this.#ids.set(handle, await this.setup.testWindow.keyService.add(this.setup.key(handle)));
    await this.wait(MINUTE);
  }

  /** Lets time pass. */
  async wait(ms: number): Promise<void> {
    await advanceWindows(ms, this.setup.clock, this.setup.testWindow);
  }

  /** A person asks about a key. */
  async refresh(handle: string): Promise<void> {
    await this.setup.testWindow.monitor.refresh([this.#id(handle)]);
  }

  state(handle: string): KeyState {
    return this.setup.testWindow.keyState(this.#id(handle));
  }

  /** What is left and used of a key, and which way that came. */
  figures(handle: string): readonly unknown[] {
    const { status, reading } = this.state(handle);
    return [status, reading?.quota?.remaining, reading?.quota?.used, reading?.source];
  }

  note(): BillingNote | undefined {
    const { store } = this.setup.testWindow;
    return notesIn(store.sites.siteOf(this.setup.gateway.origin)?.site).billing;
  }

  /** How often a key was asked since this was last called for any. */
  asked(handle: string): Asked {
    const calls = this.setup.gateway.calls.slice(this.#seen).filter(({ key }) => key === handle);
    this.#seen = this.setup.gateway.calls.length;
    const count = (path: string) => calls.filter(call => call.path === path).length;
    return { own: count(USAGE), use: count(BILLED_USE), limit: count(BILLED_LIMIT) };
  }

  historyOf(handle: string) {
    return this.setup.testWindow.store.history.historyRows(this.#id(handle), 0, this.setup.clock.now());
  }

  close(): Promise<void> {
    return this.setup.close();
  }

  #id(handle: string): string {
    return this.#ids.get(handle) ?? '';
  }
}
