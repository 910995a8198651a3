import * as l10n from '@vscode/l10n';
import type { KeyState } from '../core/quota/keyState.ts';

/** Through which server a key is known, beside its name: `via Team`. Undefined for a key of one's own. */
export function viaText({ via }: Pick<KeyState, 'via'>): string | undefined {
  return via === undefined ? undefined : l10n.t('via {0}', via);
}
