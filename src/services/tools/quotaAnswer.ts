import { baseUrlOf } from '../../core/input/baseUrl.ts';
import { sortedByAttention } from '../../core/quota/attention.ts';
import { endOf } from '../../core/quota/ends.ts';
import { headroomOf } from '../../core/quota/headroom.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { keysForModel } from '../../core/quota/modelKeys.ts';
import {
  limitOf,
  type QuotaWindow,
  remainingOf,
  unitOfWindow,
  type WindowScope,
} from '../../core/quota/quotaWindow.ts';
import { unitName } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import type { KeyNames } from './keyNames.ts';
import { quotaSummary } from './quotaSummary.ts';
import { isModelName } from './untrustedNames.ts';

/** The input of `keyQuota_getQuota`. */
export interface QuotaQuestion {
  readonly key?: string;
  readonly model?: string;
}

/** A quota window by its period and by what it limits; a gateway's own names for that are left out as untrusted. */
interface WindowName {
  readonly period?: string;
  readonly limits: WindowScope | 'key';
}

interface WindowLine extends WindowName {
  readonly unit: string;
  readonly used?: number;
  /** null: no cap. */
  readonly limit?: number | null;
  readonly remaining?: number;
  readonly resetsAt?: string;
}

/** One key for an agent: no secret, and no name but the allowed one. Amounts are in `unit`, times ISO 8601. */
interface QuotaLine {
  readonly key: string;
  readonly gateway?: string;
  /** The server of a team that watches it. */
  readonly via?: string;
  readonly status: KeyState['status'];
  readonly figures?: {
    readonly takenAt: string;
    readonly unit: string;
    readonly unlimited: boolean;
    readonly remaining?: number;
    readonly granted?: number;
    readonly used?: number;
    readonly of: 'key quota' | 'budget' | 'account balance' | 'quota window' | 'unknown';
    /** Which of `windows` binds, where it is one of them. */
    readonly window?: WindowName;
  };
  /** What the account has in each of its currencies, where it has several; they are never added. */
  readonly balances?: readonly { readonly unit: string; readonly amount: number }[];
  /** Amounts per period that the gateway limits, of the key and of what stands above it. */
  readonly windows?: readonly WindowLine[];
  /** Set where a part of the gateway's answer cannot be read, which may be what binds. */
  readonly partNotRead?: true;
  readonly expiresAt?: string | null;
  readonly models?: readonly string[] | 'no limit set';
  /** How many models have names that look like no model name, and are left out as untrusted. */
  readonly modelsWithOddNames?: number;
  /** How many more models are allowed, whose names are not kept. */
  readonly modelsNotKept?: number;
  readonly lastsUntil?: string;
  readonly perDay?: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** The class of the last check's failure. */
  readonly problem?: string;
}

/** The answer of `keyQuota_getQuota`. */
export interface QuotaAnswer {
  readonly asOf: string;
  readonly summary: string;
  readonly keys: readonly QuotaLine[];
}

/**
 * Answers `keyQuota_getQuota` from the snapshot, without a request.
 * @throws Error with a sentence for a key that does not exist.
 */
export function quotaAnswer(
  keys: readonly KeyState[],
  { key: name, model }: QuotaQuestion,
  naming: KeyNames,
  withBaseUrls: boolean,
  now: number,
): QuotaAnswer {
  const requestedKey = name === undefined ? undefined : naming.findKey(keys, name);
  if (name !== undefined && !requestedKey) throw new Error(unknownKeyMessage(name, keys, naming));
  const candidates = requestedKey ? [requestedKey] : keys;
  const chosen =
    model === undefined ? sortedByAttention(candidates, now) : keysForModel(candidates, model).ready;
  return {
    asOf: isoTime(now),
    summary: quotaSummary(chosen, candidates, model),
    keys: chosen.map(key => lineOf(key, naming, withBaseUrls, serverOf(key, keys, naming))),
  };
}

/** The message for an unknown key: which names there are. */
export function unknownKeyMessage(name: string, keys: readonly KeyState[], naming: KeyNames): string {
  const names = keys.map(key => naming.nameOf(key)).join(', ');
  return `There is no key “${name}”. ${keys.length === 0 ? 'The user has added none.' : `There are: ${names}.`}`;
}

/** The name of the server of a key. */
function serverOf(key: KeyState, keys: readonly KeyState[], naming: KeyNames): string | undefined {
  const server = key.via === undefined ? undefined : keys.find(({ id }) => id === key.readFrom?.id);
  return server && naming.nameOf(server);
}

function lineOf(key: KeyState, naming: KeyNames, withBaseUrls: boolean, via: string | undefined): QuotaLine {
  const { reading, forecast, failure, status } = key;
  return {
    key: naming.nameOf(key),
    ...(withBaseUrls && { gateway: baseUrlOf(key) }),
    ...(via !== undefined && { via }),
    status,
    figures: figuresOf(key),
    balances: reading?.account?.balances?.map(({ unit: code, amount }) => ({
      unit: unitName({ code }),
      amount,
    })),
    windows: windowsOf(key),
    ...(reading?.unreadable && { partNotRead: true }),
    expiresAt: endOf(reading)?.expiresAt ?? reading?.expiresAt,
    ...modelsOf(reading?.models),
    modelsNotKept: reading?.modelsMore,
    lastsUntil: forecast?.lastsUntil,
    perDay: forecast?.perDay,
    requestsPerMinute: reading?.rateLimits?.rpm,
    tokensPerMinute: reading?.rateLimits?.tpm,
    problem: failure?.class,
  };
}

function modelsOf(
  models: readonly string[] | null | undefined,
): Pick<QuotaLine, 'models' | 'modelsWithOddNames'> {
  if (models === undefined) return {};
  if (models === null) return { models: 'no limit set' };
  const names = models.filter(isModelName);
  const odd = models.length - names.length;
  return { models: names, ...(odd > 0 && { modelsWithOddNames: odd }) };
}

const SOURCES = {
  quota: 'key quota',
  budget: 'budget',
  account: 'account balance',
  window: 'quota window',
  none: 'unknown',
} as const;

function figuresOf({ reading }: KeyState): QuotaLine['figures'] {
  if (!reading) return undefined;
  const { unlimited, remaining, total, used, unit, from, window } = headroomOf(reading);
  return {
    takenAt: reading.takenAt,
    unit: unitName(unit),
    unlimited,
    remaining,
    granted: total,
    used,
    of: SOURCES[from],
    ...(window && { window: nameOf(window) }),
  };
}

function windowsOf({ reading }: KeyState): QuotaLine['windows'] {
  return reading?.windows?.map(window => ({
    ...nameOf(window),
    unit: unitName(unitOfWindow(window, reading.unit)),
    used: window.used,
    limit: limitOf(window),
    remaining: remainingOf(window),
    resetsAt: window.resetsAt,
  }));
}

/** A period is a word of ours, or a short number with its unit. */
const PERIOD = /^(?:day|week|month|total|\d{1,4} ?[a-z]{1,3})$/i;

function nameOf({ name, scope }: QuotaWindow): WindowName {
  return { limits: scope ?? 'key', ...(PERIOD.test(name) && { period: name }) };
}
