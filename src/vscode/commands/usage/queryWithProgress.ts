import * as l10n from '@vscode/l10n';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { Range } from '../../../core/usage/range.ts';
import { askKeys, progressText, type UsageAnswers } from '../../../services/usage/askKeys.ts';
import type { CommandParts } from '../commandParts.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';

/** Asks about each key in turn, behind a progress notification with a cancel button; undefined when the user used it. */
export function queryWithProgress(
  parts: CommandParts,
  keys: readonly KeyRecord[],
  range: Range,
): Promise<UsageAnswers | undefined> {
  return withCancellableProgress(l10n.t('Asking for usage'), (tell, signal) =>
    askKeys(parts, keys, range, (...words) => tell(progressText(...words)), signal),
  );
}

/** The keys an argument means: one id, several, or `all`. Throws for an id nobody has. */
export function keysFromArgument({ keyService, monitor }: CommandParts, argument: unknown): KeyRecord[] {
  const ids = argument === 'all' ? monitor.snapshot.map(({ id }) => id) : [argument].flat();
  const keysById = keyService.keysById();
  return ids.map(id => {
    const key = typeof id === 'string' ? keysById.get(id) : undefined;
    if (!key) throw new Error(l10n.t('There is no key with the id {0}.', String(id)));
    return key;
  });
}
