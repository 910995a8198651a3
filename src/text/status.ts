import * as l10n from '@vscode/l10n';
import type { Status } from '../core/quota/statusName.ts';

/** The status as one or two words: `used up` for `exhausted`. */
export function statusText(status: Status): string {
  switch (status) {
    case 'ok':
      return l10n.t('ok');
    case 'low':
      return l10n.t('low');
    case 'exhausted':
      return l10n.t('used up');
    case 'expired':
      return l10n.t('expired');
    case 'disabled':
      return l10n.t('disabled');
    case 'invalid':
      return l10n.t('not accepted');
    case 'stale':
      return l10n.t('out of date');
    case 'unknown':
      return l10n.t('no figures yet');
  }
}
