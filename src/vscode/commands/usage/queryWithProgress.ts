import * as l10n from '@vscode/l10n';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { Range } from '../../../core/usage/range.ts';
import {
  type AskOptions,
  askKeys,
  progressText,
  type UsageAnswers,
} from '../../../services/usage/askKeys.ts';
import type { CommandParts } from '../commandParts.ts';
import { requireKey } from '../keys/pickKey.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';

/**
 * Asks about each key in turn, behind a progress notification with a cancel button; undefined when the user cancelled.
 */
export function queryWithProgress(
  parts: CommandParts,
  keys: readonly KeyRecord[],
  range: Range,
  options: AskOptions = {},
): Promise<UsageAnswers | undefined> {
  return withCancellableProgress(l10n.t('Asking for usage'), (tell, signal) =>
    askKeys(parts, keys, range, (...words) => tell(progressText(...words)), signal, options),
  );
}

/** The keys of one id, of several, each once, or of `all`. Throws a sentence for an id that no key has. */
export function keysByIds(
  { keyService, monitor }: CommandParts,
  idOrIds: string | readonly string[],
): KeyRecord[] {
  const ids = idOrIds === 'all' ? monitor.snapshot.map(({ id }) => id) : [...new Set([idOrIds].flat())];
  const keysById = keyService.keysById();
  return ids.map(id => requireKey(keysById.get(id), id));
}
