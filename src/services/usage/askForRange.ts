import type { SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { hasAbility } from '../../gateways/credentialSpec.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { takeInSpend } from '../ledger/takeInSpend.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';
import type { AccountAnswers } from './accountAnswers.ts';

interface AskParts {
  readonly store: Store;
  readonly keyRequests: Pick<KeyRequests, 'run'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** How a gateway is asked. */
export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Receives the rows read of a long log, and the total where it is counted. */
  readonly progress?: (done: number, total: number | undefined) => void;
  /** Uses the user's own share of the gateway's limit: only after explicit consent. */
  readonly beyondBudget?: boolean;
  /** What the account of a key answers in its place. */
  readonly fromAccount?: AccountAnswers;
  /** See `ReserveOptions.sparing`. */
  readonly sparing?: boolean;
}

/** The outcome of asking; both members are undefined where there is nothing to ask. */
export interface GatewayAnswer {
  readonly usage?: Usage;
  readonly error?: GatewayError;
}

/**
 * Asks what a key spent, and takes whatever is told into the ledger, even where it broke off. Returns the answer of the
 * key's account where that is whole, else the key's own, else a part.
 */
export async function askForRange(
  parts: AskParts,
  key: KeyRecord,
  range: Range,
  options: AskOptions,
): Promise<GatewayAnswer> {
  const usage = await options.fromAccount?.(key);
  if (usage?.coverage.complete) return { usage };
  const own = await askKey(parts, key, range, options);
  return own.usage?.total || !usage ? own : { ...own, usage };
}

async function askKey(
  { store, keyRequests, clock }: AskParts,
  key: KeyRecord,
  range: Range,
  { signal, progress, beyondBudget, sparing }: AskOptions,
): Promise<GatewayAnswer> {
  const gateway = gatewayOf(key.kind);
  const ability = (['rangeByKey', 'rangeByAccount'] as const).find(
    each => gateway && hasAbility(gateway, key.credential, each),
  );
  if (!ability) return {};
  const told: SpendRecords[] = [];
  const answer = await keyRequests
    .run(key, ability, async (gateway, context) => gateway.readUsage?.(context, range, progress), signal, {
      beyondBudget,
      sparing,
      recordSpend: records => told.push(records),
    })
    .then(
      usage => ({ usage }),
      (error: unknown) => {
        if (error instanceof GatewayError) return { error };
        throw error;
      },
    );
  await takeInSpend(store, key, told, clock.now());
  return answer;
}
