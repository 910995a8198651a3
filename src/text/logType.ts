import type { LogType } from '../core/usage/logRow.ts';
import { t } from './translate.ts';

/** What a log row is about, by name. */
export function logTypeText(type: LogType): string {
  switch (type) {
    case 'consume':
      return t('Request');
    case 'refund':
      return t('Refund');
    case 'error':
      return t('Error');
    case 'topUp':
      return t('Top-up');
    case 'manage':
      return t('Management');
    case 'system':
      return t('System');
    case 'login':
      return t('Login');
    case 'other':
      return t('Other');
  }
}
