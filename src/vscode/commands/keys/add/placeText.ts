import * as l10n from '@vscode/l10n';
import type { Region } from '../../../../gateways/gateway.ts';
import type { KeyPlace } from './newKey.ts';

const STATUS_PAGE = '/api/status';

/** Which kind was recognized, and by what: “OpenRouter, by the address”. */
export function recognizedText({ gateway: { title, probe }, by, page = '' }: KeyPlace): string {
  switch (by) {
    case 'address':
      return l10n.t('{0}, by the address', title);
    case 'page':
      // Some kinds are recognized by how they refuse an unknown path, so the page is not always their own.
      return page === STATUS_PAGE && probe?.path === STATUS_PAGE
        ? l10n.t('{0}, by its status page', title)
        : l10n.t('{0}, by its answer at {1}', title, page);
    case 'secret':
      return l10n.t('{0}, by the shape of the key', title);
    case 'list':
      return l10n.t('{0}, like your other keys there', title);
    case 'person':
      return title;
  }
}

export function regionName(region: Region): string {
  return region === 'china' ? l10n.t('China') : l10n.t('international');
}
