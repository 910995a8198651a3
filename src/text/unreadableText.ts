import * as l10n from '@vscode/l10n';
import type { Reading, UnreadablePart } from '../core/quota/reading.ts';
import { unreadableKeysText } from './accountKeyCount.ts';

/** Which parts of a reading are not known because nobody can read them, each in words beside what is known. */
export function unreadableTexts(reading: Reading | undefined): readonly string[] {
  const keys = unreadableKeysText(reading);
  return [...(keys === undefined ? [] : [keys]), ...(reading?.unreadable ?? []).map(partText)];
}

function partText(part: UnreadablePart): string {
  switch (part) {
    case 'budget':
      return l10n.t('budget unreadable');
    case 'plan':
      return l10n.t('plan unreadable');
    case 'balance':
      return l10n.t('balance unreadable');
  }
}
