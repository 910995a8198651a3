import type { VersionName } from '../../sampleGateways/newApi/version.ts';
import type { GatewayOptions } from '../../sampleGateways/options.ts';
import type { Scenario } from '../../sampleGateways/scenarios/scenario.ts';
import type { SampleGateway } from '../../sampleGateways/server.ts';
import { json } from '../../sampleGateways/wire/reply.ts';
import { MINUTE } from './samples.ts';
import { SharedMachine } from './sharedMachine.ts';

const LONG_AGO = 1_748_736_000;

/** Thirty API keys of a team's account: 20 with a limit, 4 without, 3 used up, 2 expired, 1 disabled. */
const KEYS: Readonly<Record<string, Scenario>> = {
  ...each('limited', 20, index => ({ remain: 5_000_000 + 250_000 * index, used: 100_000 + 7_000 * index })),
  ...each('unlimited', 4, index => ({
    remain: -40_000 * (index + 1),
    used: 40_000 * (index + 1),
    unlimited: true,
  })),
  ...each('used-up', 3, index => ({ remain: 0, used: 900_000 + index, status: 'exhausted' })),
  ...each('expired', 2, index => ({ remain: 300_000 + index, used: 50_000, expiresAt: LONG_AGO })),
  ...each('disabled', 1, () => ({ status: 'disabled' })),
};
const HANDLES = Object.keys(KEYS);
/** The keys that billing answers. */
const IN_USE = HANDLES.filter(handle => /^(?:un)?limited/.test(handle));

function each(
  name: string,
  count: number,
  holds: (index: number) => NonNullable<Scenario['holds']>,
): Readonly<Record<string, Scenario>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${name}-${index}`, { holds: holds(index) }]),
  );
}

/** How billing answers: with the key's figures, with the account's, or that there is no such page. */
export type BillingAnswer = 'key' | 'account' | 'closed';

/** A machine with these keys, the first of them pinned, in front of one New API with its limits. */
export async function openTeam(
  folder: string,
  version: VersionName,
  billing: BillingAnswer = 'key',
  more: GatewayOptions = {},
): Promise<SharedMachine> {
  const machine = await SharedMachine.open({
    folder,
    keys: KEYS,
    fillsLedger: true,
    // Windows are fixed in 1.0, and slide before it.
    limiterMode: version.startsWith('v1') ? 'fixed' : 'sliding',
    gateway: { version, settings: { displayTokenStat: billing !== 'account' }, ...more },
  });
  if (billing === 'closed') closeBilling(machine.gateway);
  return machine;
}

function closeBilling(gateway: SampleGateway): void {
  for (const path of ['usage', 'subscription']) {
    for (const prefix of ['/v1', '']) {
      const route = `${prefix}/dashboard/billing/${path}`;
      gateway.setReply(`GET ${route}`, json(404, { error: { message: `Invalid URL (GET ${route})` } }));
    }
  }
}

/** Adds the access token of the account that has all keys. */
export async function addAccessToken({ gateway, windows }: SharedMachine): Promise<void> {
  const { id, accessToken } = gateway.account(gateway.key(HANDLES[0] ?? '').account);
  await windows[0]?.testWindow.keyService.add({
    label: 'account',
    kind: 'newApi',
    baseUrl: gateway.origin,
    credential: 'accessToken',
    secret: accessToken,
    userId: String(id),
  });
}

/** How fresh figures were in a time on such a machine, and what that cost. */
export interface Freshness {
  readonly pinnedGapMs: number;
  /** The longest time without a reading of the others that can be used, after the first half hour. */
  readonly gapMs: number;
  /** Keys without a figure after half an hour; the disabled one has none. */
  readonly without: readonly string[];
  /** Calls to the scarce limiter in the first 20 minutes, and the most in any 20 later on. */
  readonly firstScarce: number;
  readonly laterScarce: number;
  /** All calls to the scarce limiter but for logs, and those for logs. */
  readonly scarce: number;
  readonly logs: number;
  readonly refused: number;
  /** The most other calls in any three minutes. */
  readonly general: number;
  /** Figures that the gateway never held. */
  readonly wrong: readonly string[];
}

const STEP_MS = 10_000;
const FIRST_MS = 30 * MINUTE;
const SCARCE_WINDOW_MS = 20 * MINUTE;
const KEY_LOG = '/api/log/token';
const SCARCE = ['/api/usage/token/', KEY_LOG];
const UNITS_PER_DOLLAR = 500_000;

/** Opens more windows and lets time pass while keys are used. */
export async function keepFresh(
  machine: SharedMachine,
  windows: number,
  lastsMs: number,
): Promise<Freshness> {
  const { clock, gateway } = machine;
  while (machine.windows.length < windows) await machine.openWindow();
  const start = clock.now();
  const held = new HeldFigures(gateway);
  const wrong: string[] = [];
  let without: readonly string[] | undefined;
  while (clock.now() < start + lastsMs) {
    await machine.advance(STEP_MS);
    const states = machine.windows[0]?.testWindow.store.states.allStates() ?? [];
    for (const { keyId, reading } of states) {
      const used = reading?.quota?.used;
      if (used !== undefined && !held.has(keyId, used)) wrong.push(`${keyId}: ${used}`);
    }
    if (clock.now() >= start + FIRST_MS)
      without ??= states
        .filter(({ keyId, reading }) => !reading?.quota && keyId in KEYS && !keyId.startsWith('disabled'))
        .map(({ keyId }) => keyId);
    useKeys(machine);
    held.note();
  }
  const gapOf = (handle: string) => machine.longestGapAfter(handle, start + FIRST_MS);
  const timesOf = (isScarce: boolean) =>
    gateway.calls.filter(({ path }) => SCARCE.includes(path) === isScarce).map(({ at }) => at - start);
  const scarce = timesOf(true);
  return {
    pinnedGapMs: gapOf(IN_USE[0] ?? ''),
    gapMs: Math.max(...IN_USE.slice(1).map(gapOf)),
    without: without ?? [],
    firstScarce: scarce.filter(at => at < SCARCE_WINDOW_MS).length,
    laterScarce: mostWithin(
      SCARCE_WINDOW_MS,
      scarce.filter(at => at >= SCARCE_WINDOW_MS),
    ),
    scarce: scarce.length - gateway.callsOf({ path: KEY_LOG }).length,
    logs: gateway.callsOf({ path: KEY_LOG }).length,
    refused: gateway.calls.filter(({ status }) => status === 429).length,
    general: mostWithin(3 * MINUTE, timesOf(false)),
    wrong,
  };
}

/** Each key that can be used is used about every ten minutes, for a cent or so. */
function useKeys({ gateway, chance }: SharedMachine): void {
  for (const handle of IN_USE) {
    if (chance() < STEP_MS / (10 * MINUTE)) gateway.spend(handle, { quota: 1 + Math.floor(chance() * 8000) });
  }
}

/** What was used of each key, at any time, in dollars as they are shown. */
class HeldFigures {
  readonly #gateway: SampleGateway;
  readonly #held = new Map<string, Set<number>>(HANDLES.map(handle => [handle, new Set()]));

  constructor(gateway: SampleGateway) {
    this.#gateway = gateway;
    this.note();
  }

  note(): void {
    for (const [handle, figures] of this.#held)
      figures.add(Math.round((this.#gateway.key(handle).used / UNITS_PER_DOLLAR) * 1e6) / 1e6);
  }

  has(handle: string, used: number): boolean {
    return this.#held.get(handle)?.has(used) ?? false;
  }
}

/** The most of these moments, ascending, that fell into one window. */
function mostWithin(windowMs: number, moments: readonly number[]): number {
  let from = 0;
  let most = 0;
  moments.forEach((at, index) => {
    while ((moments[from] ?? at) <= at - windowMs) from++;
    most = Math.max(most, index - from + 1);
  });
  return most;
}
