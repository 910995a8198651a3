import * as l10n from '@vscode/l10n';
import type { Reading, UnreadablePart } from '../core/quota/reading.ts';
import { unreadableKeysText } from './accountKeyCount.ts';

/**
 * The parts of a reading that are unknown because they could not be read, each in words to show beside the known ones.
 */
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
    default:
      return l10n.t('{0} unreadable', part);
  }
}
