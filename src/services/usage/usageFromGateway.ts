import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Unit } from '../../core/quota/unit.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { secretSince } from '../ledger/secretSince.ts';
import { unloggedUntil } from '../ledger/unloggedBefore.ts';
import type { AskedRange } from './askForMissing.ts';
import { pickUsage } from './pickUsage.ts';
import { limitToAnswerTime, withoutOtherScales } from './plausibility.ts';
import type { UsageCache } from './usageCache.ts';

/** What a gateway told of a range, now or earlier. */
export interface GatewayUsage {
  /** Undefined where it told nothing. */
  readonly usage: Usage | undefined;
  /** What the ledger has in other units beside it. */
  readonly inOtherUnits: readonly Usage[];
  /** When the gateway gave a cached answer, if that is old enough to be mentioned. Epoch milliseconds. */
  readonly answeredAt: number | undefined;
}

/** The best of the gateway's answer, the ledger and the cached answer. An answer about the whole range is cached. */
export function usageFromGateway(
  { store, usageCache }: { readonly store: Store; readonly usageCache?: UsageCache },
  key: KeyRecord,
  range: Range,
  { question, wasJustAsked, answer, ledger, at: now }: AskedRange,
): GatewayUsage {
  // An answer about a part of the range is in the ledger, with all that was known before.
  const told = question?.isPart ? undefined : answer.usage;
  const direct = told && withUnlogged(store, key.id, withoutOtherScales(store, key.id, told, range), range);
  if (direct) usageCache?.cacheUsage(key, range, direct, now);
  const cached = answer.usage ? undefined : usageCache?.cachedUsage(key, range, now);
  const cachedUsage = cached && limitToAnswerTime(cached.usage, cached.at, range, now);
  const hadOther = range.from < secretSince(store, key.id);
  const isOlder = question === undefined && !wasJustAsked && ledger !== undefined;
  const unit = ledger?.unit ?? answer.usage?.unit;
  const nothing = unit && (hadOther || isOlder) ? nothingTold(unit, hadOther) : undefined;
  const usage = pickUsage(range, [direct, ledger?.usage, cachedUsage, nothing]);
  // Where there was nothing to ask, an answer of a moment ago counts as current.
  const hasAge = question !== undefined || now - (cached?.at ?? now) >= MINUTE_MS;
  return {
    usage,
    inOtherUnits: usage === ledger?.usage ? (ledger?.inOtherUnits ?? []) : [],
    answeredAt: cached && usage === cachedUsage && hasAge ? cached.at : undefined,
  };
}

/** An answer of a log that may lack rows of the range is not complete, though the gateway told all that it has. */
function withUnlogged(store: Store, keyId: string, usage: Usage, { from }: Range): Usage {
  if (!usage.coverage.complete || from >= unloggedUntil(store, keyId)) return usage;
  return { ...usage, coverage: { ...usage.coverage, complete: false, reason: 'unlogged' } };
}

/**
 * The range is older than all that a key's log still told when it was read first, or the key had another secret in it, of
 * which nobody can be asked any more.
 */
function nothingTold(unit: Unit, hadOther: boolean): Usage {
  const reason = hadOther ? 'other-secret' : 'last-rows';
  return { unit, coverage: { complete: false, reason }, source: 'logs' };
}
