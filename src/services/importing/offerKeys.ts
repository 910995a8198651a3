import * as l10n from '@vscode/l10n';
import type { IsPlainHttpAllowed } from '../../core/input/origin.ts';
import { parsePastedSecret } from '../../core/input/pastedSecret.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { sanitizeLabel } from '../keys/sanitizeLabel.ts';
import type { FoundSource } from './candidate.ts';
import { isReference } from './resolveReference.ts';
import { type SortedKeys, sortFoundKeys } from './sortFoundKeys.ts';

export interface OfferingParts {
  /** Takes secrets out of every text; the found ones are added to it. */
  readonly redactor: {
    protect(secret: string, origin: string): void;
    redact(text: string): string;
  };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isPlainHttpAllowed: IsPlainHttpAllowed;
  /** The keys that are here already. */
  readonly keys: readonly KeyRecord[];
}

/** The found keys that can be offered; secrets in their names are redacted. */
export function offerKeys(sources: readonly FoundSource[], parts: OfferingParts): SortedKeys {
  const { redactor, environment, isPlainHttpAllowed } = parts;
  const labels = new Map(parts.keys.map(({ fingerprint, label }) => [fingerprint, label]));
  const presentAs = (fingerprint: string) => labels.get(fingerprint);
  const { candidates, rejected } = sortFoundKeys(sources, { environment, isPlainHttpAllowed, presentAs });
  // Names of variables and placeholders are no secrets, and have to stay readable.
  for (const { keys } of sources)
    for (const { secret, address } of keys)
      if (secret && !isReference(secret) && !parsePastedSecret(secret).isMasked)
        redactor.protect(secret, address ?? '');
  for (const { secret, baseUrl } of candidates) if (secret) redactor.protect(secret, baseUrl ?? '');
  const clean = <Entry extends { readonly label: string; readonly sourceTitle: string }>(
    entry: Entry,
  ): Entry => ({
    ...entry,
    sourceTitle: sanitizeLabel(entry.sourceTitle),
    label: sanitizeLabel(redactor.redact(entry.label)) || l10n.t('Imported key'),
  });
  return { candidates: candidates.map(clean), rejected: rejected.map(clean) };
}
