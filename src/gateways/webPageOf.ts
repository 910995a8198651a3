import { type BaseUrl, baseUrlOf } from '../core/input/baseUrl.ts';
import { parseWebPage } from '../core/input/parseWebPage.ts';
import type { GatewaySettings, Settings } from '../core/ports/settings.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import { gatewayOf } from './registry.ts';

/** A page of a gateway for people, where they see their keys, or pay. */
export type WebPage = 'console' | 'topUp';

/** The member of `keyQuota.gateways` that names a page. */
export const PAGE_SETTINGS = {
  console: 'consoleUrl',
  topUp: 'topUpUrl',
} as const satisfies Readonly<Record<WebPage, keyof GatewaySettings>>;

/**
 * The address of a page: the one that the user set, else where gateways of its kind have it, below the key's own base
 * URL. Only https; undefined where neither is known. Nothing that a gateway says is in it.
 */
export function webPageOf(
  page: WebPage,
  key: Pick<KeyState, 'kind' | 'origin' | 'baseUrl'>,
  { gateways }: Pick<Settings, 'gateways'>,
): string | undefined {
  const baseUrl: BaseUrl = baseUrlOf(key);
  const own = parseWebPage(gateways.get(baseUrl)?.[PAGE_SETTINGS[page]]);
  const path = gatewayOf(key.kind)?.webPages?.[page];
  return own ?? (path === undefined ? undefined : parseWebPage(baseUrl + path));
}
