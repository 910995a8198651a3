import type { QuotaWindow } from './quotaWindow.ts';
import type { Unit, UnitCode } from './unit.ts';

/** A key's own cap. Amounts are in the reading's unit; absent means the gateway did not say. */
export interface Quota {
  readonly unlimited: boolean;
  readonly granted?: number;
  readonly used?: number;
  /** May be negative: a gateway that bills afterwards lets a key overshoot. */
  readonly remaining?: number;
}

/** What an account has in one currency. */
export interface Balance {
  readonly unit: UnitCode;
  readonly amount: number;
}

/** The wallet behind the keys, apart from any key's own cap. */
export interface Account {
  readonly balance?: number;
  /** All of them, `balance` too, where the account has several; they are never added. */
  readonly balances?: readonly Balance[];
  /** False where the gateway says that the balance pays for no calls, whatever it is. */
  readonly usable?: false;
  /** Spent over the account's whole life. */
  readonly used?: number;
  readonly requests?: number;
  readonly name?: string;
}

/** A key of the account as its owner's credential sees it. It carries no secret. */
export interface AccountKey {
  /** What the gateway knows it by, where it can be asked about alone. */
  readonly id?: string;
  /** As it may be shown. */
  readonly name: string;
  /** As the gateway has it, where that is something else: cut short, or with invisible characters. */
  readonly trueName?: string;
  /** False when its owner switched it off. */
  readonly enabled?: boolean;
  /** Why it cannot be used; absent where nothing is known against it. */
  readonly status?: 'disabled' | 'expired' | 'exhausted' | 'invalid';
  /** ISO 8601: when its figures were told, where that is another time than the reading's. */
  readonly takenAt?: string;
  /** What its amounts count in, where that is another unit than the reading's. */
  readonly unit?: Unit;
  readonly unlimited?: boolean;
  readonly used?: number;
  readonly remaining?: number;
  /** ISO 8601; null: never. */
  readonly expiresAt?: string | null;
  readonly models?: readonly string[] | null;
  /** See `Reading.modelsMore`. */
  readonly modelsMore?: number;
  /** See `Reading.group`. */
  readonly group?: string;
  /** What was used lately, where the gateway counts requests and tokens rather than money. */
  readonly periods?: readonly UsedLately[];
}

interface UsedLately {
  /** As the gateway names it: `1h`, `24h`, `7d`, `30d`. */
  readonly period: string;
  readonly requests?: number;
  readonly tokens?: number;
}

interface Budget {
  /** Absent where it is not known any more: the budget has been reset since the gateway was asked. */
  readonly spent?: number;
  /** null: no cap. */
  readonly limit: number | null;
  /** ISO 8601. */
  readonly resetsAt?: string;
  /** As the gateway writes it, for example `30d` or `5h`. */
  readonly every?: string;
}

interface Plan {
  readonly name?: string;
  readonly status?: string;
  /** ISO 8601. */
  readonly expiresAt?: string;
}

/** How much may be asked in a minute: requests, tokens. */
export interface RateLimits {
  readonly rpm?: number;
  readonly tpm?: number;
}

/** What a gateway said about a key at one moment. Times are ISO 8601 in UTC, amounts are in `unit`. */
export interface Reading {
  readonly takenAt: string;
  /** How far the clock of this computer was ahead of the gateway's; absent while they agree. Negative: behind. */
  readonly clockAheadMs?: number;
  /** The same where it is some minutes only: it is not told to anybody, but what a gateway told ends so much earlier. */
  readonly clockDriftMs?: number;
  readonly unit: Unit;
  /** Which way the figures came, where there is more than one. */
  readonly source?: 'key' | 'billing' | 'account';
  /** Whether the figures of `quota` may be the whole account's, because the gateway does not say whose they are. */
  readonly isAccountPossible?: true;
  /** ISO 8601: when the key was last let through where it is used, and not only where its figures are told. */
  readonly usableAt?: string;
  /** What the gateway calls itself. */
  readonly gatewayName?: string;
  /** The key's name at the gateway: not unique, may be empty. */
  readonly name?: string;
  readonly quota?: Quota;
  readonly account?: Account;
  readonly accountKeys?: readonly AccountKey[];
  /**
   * Present when `accountKeys` is not the whole list: how many there are, where the gateway counts them. Without
   * `accountKeys` nothing of the list could be read.
   */
  readonly accountKeysMissing?: { readonly total?: number };
  /** null: never. */
  readonly expiresAt?: string | null;
  /** null: any model. */
  readonly models?: readonly string[] | null;
  /** How many models the gateway names beside `models`, where it names more than are kept. */
  readonly modelsMore?: number;
  /** The group of users at the gateway whose models and prices the key has; absent for its account's own. */
  readonly group?: string;
  /** Beside `windows` the tightest of them in money, for programs that know no windows; see `budgetOfWindows`. */
  readonly budget?: Budget;
  /** Amounts per period: of the key, and of what stands above it. */
  readonly windows?: readonly QuotaWindow[];
  readonly plan?: Plan;
  /** Each plan of an account that pays by several: `budget` is the sum of them, of which no single one binds. */
  readonly plans?: readonly QuotaWindow[];
  readonly rateLimits?: RateLimits;
  /** Parts that the gateway told in a form that nobody can read: what they say is not known. */
  readonly unreadable?: readonly UnreadablePart[];
  /** What the credential would have to be allowed for the whole reading, as the gateway names it: `api_key:read`. */
  readonly missingScopes?: readonly string[];
}

export type UnreadablePart =
  | 'budget'
  | 'plan'
  | 'balance'
  // For a described gateway, the names of members in the description; for its windows also `5h: used`.
  | 'remaining'
  | 'used'
  | 'total'
  | 'unlimited'
  | 'expiresAt'
  | `${string}: ${string}`;

/**
 * How a reading's figures were counted: for our own records alone, in no public shape. Amounts are the gateway's
 * own numbers, which keep their meaning when the scale that they are shown by changes.
 */
export interface Counted {
  /** The gateway's numbers per one unit of the reading. */
  readonly perUnit: number;
  /** Which way they came; figures of two ways are never compared. */
  readonly source: string;
  /** Which part of the reading `used` and `remaining` are the raw figures of. */
  readonly of?: 'quota' | 'account';
  readonly used?: number;
  readonly remaining?: number;
  /** Whether the gateway turned its own numbers into these, at a rate that it may change. */
  readonly isConverted?: boolean;
}

/** One of our own keys in the list of an account: for our own records alone, in no public shape. */
export interface ListedKey {
  /** The id of our key. */
  readonly keyId: string;
  /** See `KeyMemory.listedId`; absent where the list has no numbers. */
  readonly listedId?: number;
  readonly listed: AccountKey;
  readonly counted: Counted;
}

/** A reading as a gateway's file makes it. */
export interface CountedReading extends Reading {
  readonly counted?: Counted;
  /** Our own keys in `accountKeys`, each in one row alone; absent where the list is not whole, or was not searched. */
  readonly listedKeys?: readonly ListedKey[];
}
