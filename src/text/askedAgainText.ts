import * as l10n from '@vscode/l10n';
import { addressOf } from '../core/input/baseUrl.ts';
import { joinFewNames } from './clauses.ts';

/** More gateways than this are counted. */
const MAX_NAMES = 3;

/**
 * Says from when gateways are asked again for which the request budget has no room, by their hosts.
 *
 * @param time When the first of them is.
 */
export function askedAgainText(baseUrls: readonly string[], time: string): string {
  const hosts = baseUrls.map(baseUrl => addressOf(baseUrl));
  const names = joinFewNames(hosts, MAX_NAMES);
  return hosts.length === 1
    ? l10n.t(
        'To leave calls for your own login, {1} is asked again at {0}. Asking now uses up calls it allows your address.',
        time,
        names,
      )
    : l10n.t(
        'To leave calls for your own login, {1} are asked again from {0} on. Asking now uses up calls they allow your address.',
        time,
        names,
      );
}
