import { queryUsage } from '../monitor/usageQuery.ts';
import { GatewayError } from '../quota/failure.ts';
import type { KeyRecord } from '../quota/key.ts';
import type { Range } from '../quota/range.ts';
import type { UsageReport } from '../quota/usageReport.ts';
import type { UsageAnswers } from '../views/usagePanelTypes.ts';
import { countText } from '../words/amount.ts';
import { failureText } from '../words/failure.ts';
import { t } from '../words/l10n.ts';
import { cancellable } from './cancellable.ts';
import type { CommandParts } from './commandParts.ts';

/** Hears which key is asked about, and how many rows of a long log were read, of how many. */
export type Tell = (label: string, done: number, total: number | undefined) => void;

/** Asks about each key in turn. Stops when `signal` says so. */
export async function askAbout(
  parts: CommandParts,
  keys: readonly KeyRecord[],
  range: Range,
  tell: Tell,
  signal: AbortSignal,
): Promise<UsageAnswers> {
  const reports: UsageReport[] = [];
  const problems: string[] = [];
  for (const key of keys) {
    tell(key.label, 0, undefined);
    const progress = (done: number, total: number | undefined) => tell(key.label, done, total);
    try {
      reports.push(await queryUsage(parts, key, range, { signal, progress }));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      problems.push(failureText(error.failure, key));
    }
  }
  return { reports, problems };
}

/** The same behind a progress notification with a cancel button; undefined when the user used it. */
export function askWithProgress(
  parts: CommandParts,
  keys: readonly KeyRecord[],
  range: Range,
): Promise<UsageAnswers | undefined> {
  return cancellable(t('Asking for usage'), (tell, signal) =>
    askAbout(parts, keys, range, (...words) => tell(progressText(...words)), signal),
  );
}

/** How far asking about a key is, in words. */
export function progressText(label: string, done: number, total: number | undefined): string {
  if (done === 0) return label;
  if (total === undefined) return t('{0}: {1} rows', label, countText(done));
  return t('{0}: {1} of {2} rows', label, countText(done), countText(total));
}

/** The keys an argument means: one id, several, or `all`. Throws for an id nobody has. */
export function keysOf({ book, monitor }: CommandParts, argument: unknown): KeyRecord[] {
  const ids = argument === 'all' ? monitor.snapshot.map(({ id }) => id) : [argument].flat();
  return ids.map(id => {
    const key = typeof id === 'string' ? book.find(id) : undefined;
    if (!key) throw new Error(t('There is no key with the id {0}.', String(id)));
    return key;
  });
}
