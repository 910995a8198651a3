import { t } from './l10n.ts';

/** Parts of one sentence, one after the other, as the language sets them apart. */
export const clauses = (parts: readonly string[]): string => parts.join(t(', '));
