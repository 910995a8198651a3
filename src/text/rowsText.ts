import * as l10n from '@vscode/l10n';
import { countText } from './amount.ts';

/** How many rows of a log there are, or were read of how many: `1 row`, `100 of 1,250 rows`. */
export function rowsText(count: number, total?: number): string {
  if (count === 1 && (total ?? 1) === 1) return l10n.t('1 row');
  if (total === undefined) return l10n.t('{0} rows', countText(count));
  return total === 1
    ? l10n.t('{0} of 1 row', countText(count))
    : l10n.t('{0} of {1} rows', countText(count), countText(total));
}
