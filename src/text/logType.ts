import * as l10n from '@vscode/l10n';
import type { LogType } from '../core/usage/logRow.ts';

/** The name of a kind of log row: `Request` for `consume`. */
export function logTypeText(type: LogType): string {
  switch (type) {
    case 'consume':
      return l10n.t('Request');
    case 'refund':
      return l10n.t('Refund');
    case 'error':
      return l10n.t('Error');
    case 'topUp':
      return l10n.t('Top-up');
    case 'manage':
      return l10n.t('Management');
    case 'system':
      return l10n.t('System');
    case 'login':
      return l10n.t('Login');
    case 'other':
      return l10n.t('Other');
  }
}
