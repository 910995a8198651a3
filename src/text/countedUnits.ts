import * as l10n from '@vscode/l10n';

// Counts with their noun. A count is text already (`1,200`, `1.2M`), since it may be shortened or hidden.

/** A number of requests: `1 request`, `3 requests`. */
export const requestsText = (count: string): string =>
  count === '1' ? l10n.t('1 request') : l10n.t('{0} requests', count);

/** A number of requests of all that a window allows: `0 of 1 request`, `61 of 200 requests`. */
export const requestsOfText = (count: string, total: string): string =>
  total === '1' ? l10n.t('{0} of 1 request', count) : l10n.t('{0} of {1} requests', count, total);

/** A number of requests that were used of all: `139 of 200 requests used`. */
export const requestsUsedText = (count: string, total: string): string =>
  total === '1' ? l10n.t('{0} of 1 request used', count) : l10n.t('{0} of {1} requests used', count, total);

/** A number of tokens: `1 token`, `1.2M tokens`. */
export const tokensText = (count: string): string =>
  count === '1' ? l10n.t('1 token') : l10n.t('{0} tokens', count);

/** A number of a gateway’s quota units: `1 unit`, `500,000 units`. */
export const unitsText = (count: string): string =>
  count === '1' ? l10n.t('1 unit') : l10n.t('{0} units', count);
