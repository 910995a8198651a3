import type { Status } from '../core/quota/statusName.ts';
import { t } from './translate.ts';

/** The status as one or two words. */
export function statusText(status: Status): string {
  switch (status) {
    case 'ok':
      return t('ok');
    case 'low':
      return t('low');
    case 'exhausted':
      return t('used up');
    case 'expired':
      return t('expired');
    case 'disabled':
      return t('disabled');
    case 'invalid':
      return t('not accepted');
    case 'stale':
      return t('out of date');
    case 'unknown':
      return t('no figures yet');
  }
}
