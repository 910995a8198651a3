import type { PlanFigures } from '../cheapestInference/plan.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** How the gateway's database calls the state of a key. */
type KeyStatus = 'enabled' | 'disabled' | 'expired' | 'exhausted';

/** What a gateway holds about a key, in raw quota units and epoch seconds, as its database has it. */
export interface KeyHoldings {
  /** The display name, which need not be unique. */
  name: string;
  remain: number;
  used: number;
  unlimited: boolean;
  /** Comma-separated text; the gateway does not trim it. */
  modelLimits: string;
  modelLimitsEnabled: boolean;
  /** Seconds; -1 is never, and a literal 0 counts as expired although it reads like never. */
  expiresAt: number;
  status: KeyStatus;
  ownerBanned: boolean;
  group: string;
  /** Newline-separated addresses, or null for any. */
  allowIps: string | null;
  createdAt: number;
  accessedAt: number;
  /** The site caches keys in Redis: what is left moves at once, what is used stands still for a minute. */
  redis: boolean;
  /** At OpenRouter only: when its cap is reset, and what of it is spent where that is not all it ever used. */
  limitReset?: string | undefined;
  spentOfCap?: number;
  /** The plan behind it, at CheapestInference only. */
  plan?: PlanFigures;
}

/** A key at a gateway. Tests may change any figure; the endpoints answer from here. */
export interface KeyState extends KeyHoldings {
  readonly id: number;
  /** The name tests know it by. */
  readonly handle: string;
  /** The account that owns it. */
  readonly account: string;
  readonly secret: string;
  scenario: Scenario;
  /** How often it was read, for scenarios that change from call to call. */
  reads: number;
  /** The figure of the Redis cache and the moment (ms) it is given up. */
  cachedUsed?: { value: number; until: number };
}

/** A key like most keys: enabled, with 100 000 of 150 000 units left, never expiring. */
export const ORDINARY_KEY: KeyHoldings = {
  name: 'production',
  remain: 100_000,
  used: 50_000,
  unlimited: false,
  modelLimits: '',
  modelLimitsEnabled: false,
  expiresAt: -1,
  status: 'enabled',
  ownerBanned: false,
  group: 'default',
  allowIps: null,
  createdAt: 1_767_225_600,
  accessedAt: 1_767_225_600,
  redis: false,
};
