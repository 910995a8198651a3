import type { IsPlainHttpAllowed } from '../../core/input/origin.ts';
import type { Settings } from '../../core/ports/settings.ts';
import { mayUsePlainHttp } from '../../http/plainHttp.ts';

/** Whether the user allowed plain http for an origin. */
export function plainAllowedBy({ gateways }: Settings): IsPlainHttpAllowed {
  return origin => mayUsePlainHttp(origin, gateways.get(origin));
}

/** The base URLs whose units, and origins whose route, differ after a change of settings. */
export function baseUrlsToRefresh(before: Settings, after: Settings): Set<string> {
  const word = ({ gateways }: Settings, baseUrl: string) => {
    const {
      unit = 'auto',
      unitsPerDollar,
      proxy = 'default',
      caFile,
      allowHttp,
    } = gateways.get(baseUrl) ?? {};
    return JSON.stringify([unit, unitsPerDollar, proxy, caFile, allowHttp]);
  };
  const baseUrls = new Set([...before.gateways.keys(), ...after.gateways.keys()]);
  return new Set([...baseUrls].filter(baseUrl => word(before, baseUrl) !== word(after, baseUrl)));
}
