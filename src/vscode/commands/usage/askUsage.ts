import * as l10n from '@vscode/l10n';
import { type Failure, GatewayError } from '../../../core/quota/failure.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { Range } from '../../../core/usage/range.ts';
import type { UsageReport } from '../../../core/usage/usageReport.ts';
import { queryUsage } from '../../../services/usage/usageQuery.ts';
import { countText } from '../../../text/amount.ts';
import { failureText } from '../../../text/failure.ts';
import type { UsageAnswers } from '../../panels/usagePanelTypes.ts';
import { cancellable } from '../cancellable.ts';
import type { CommandParts } from '../commandParts.ts';

/** Hears which key is asked about, and how many rows of a long log were read, of how many. */
export type Tell = (label: string, done: number, total: number | undefined) => void;

/** How to ask, beside what. */
export interface AskOptions {
  /** Spends the user's own head-room at the gateways: only after an explicit yes. */
  readonly beyondBudget?: boolean;
}

/**
 * Asks about each key in turn. Stops when `signal` says so. Where a gateway has no room for all, those go first
 * that were answered longest ago, so that asking again brings the others.
 */
export async function askAbout(
  parts: CommandParts,
  keys: readonly KeyRecord[],
  range: Range,
  tell: Tell,
  signal: AbortSignal,
  { beyondBudget }: AskOptions = {},
): Promise<UsageAnswers> {
  const now = parts.clock.now();
  const told = new Map<string, UsageReport>();
  const problems = new Map<string, string>();
  for (const key of parts.rangeAnswers?.byAge(keys, range, now) ?? keys) {
    tell(key.label, 0, undefined);
    const progress = (done: number, total: number | undefined) => tell(key.label, done, total);
    try {
      told.set(key.id, await queryUsage(parts, key, range, { signal, progress, beyondBudget }));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      const problem = failureText(error.failure, key);
      problems.set(key.id, problem);
      told.set(key.id, untold(parts, key, range, error.failure, problem));
    }
  }
  const all = keys.flatMap(({ id }) => told.get(id) ?? []);
  return {
    reports: all.filter(({ keyId }) => !problems.has(keyId)),
    problems: keys.flatMap(({ id }) => problems.get(id) ?? []),
    missing: all.filter(({ keyId }) => problems.has(keyId)),
  };
}

/** Whether there is something to show: figures, or keys that wait for their turn and are filled in. */
export function isWorthShowing({ reports, missing }: UsageAnswers): boolean {
  return reports.length > 0 || missing.some(({ retryAt }) => retryAt !== undefined);
}

/** A report on a key that told nothing, so that no list of reports can be taken for one of all keys. */
function untold(
  { store, clock }: CommandParts,
  key: KeyRecord,
  range: Range,
  { class: failureClass, retryAfterMs }: Failure,
  problem: string,
): UsageReport {
  const isHeld = failureClass === 'rate-limited' && retryAfterMs !== undefined;
  return {
    scope: key.credential === 'apiKey' ? { key: key.label } : { account: key.label },
    keyId: key.id,
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    unit: store.states.of(key.id)?.reading?.unit ?? { code: 'UNITS', source: 'default' },
    coverage: { complete: false, reason: 'not-told' },
    source: 'gateway',
    note: problem,
    retryAt: isHeld ? new Date(clock.now() + retryAfterMs).toISOString() : undefined,
  };
}

/** The same behind a progress notification with a cancel button; undefined when the user used it. */
export function askWithProgress(
  parts: CommandParts,
  keys: readonly KeyRecord[],
  range: Range,
): Promise<UsageAnswers | undefined> {
  return cancellable(l10n.t('Asking for usage'), (tell, signal) =>
    askAbout(parts, keys, range, (...words) => tell(progressText(...words)), signal),
  );
}

/** How far asking about a key is, in words. */
export function progressText(label: string, done: number, total: number | undefined): string {
  if (done === 0) return label;
  if (total === undefined) return l10n.t('{0}: {1} rows', label, countText(done));
  return l10n.t('{0}: {1} of {2} rows', label, countText(done), countText(total));
}

/** The keys an argument means: one id, several, or `all`. Throws for an id nobody has. */
export function keysOf({ keyService, monitor }: CommandParts, argument: unknown): KeyRecord[] {
  const ids = argument === 'all' ? monitor.snapshot.map(({ id }) => id) : [argument].flat();
  return ids.map(id => {
    const key = typeof id === 'string' ? keyService.findById(id) : undefined;
    if (!key) throw new Error(l10n.t('There is no key with the id {0}.', String(id)));
    return key;
  });
}
