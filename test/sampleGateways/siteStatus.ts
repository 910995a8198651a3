/** What `/api/status` tells about a site. Members may be deleted or set to anything to see what a client does. */
export interface SiteStatus {
  quota_per_unit?: unknown;
  quota_display_type?: unknown;
  display_in_currency?: unknown;
  usd_exchange_rate?: unknown;
  custom_currency_symbol?: unknown;
  custom_currency_exchange_rate?: unknown;
  price?: unknown;
  system_name?: unknown;
  version?: unknown;
  server_address?: unknown;
  docs_link?: unknown;
  start_time?: unknown;
  enable_data_export?: unknown;
  [member: string]: unknown;
}

/** The status of a site as it is after installation. */
export const FRESH_SITE: SiteStatus = {
  quota_per_unit: 500_000,
  quota_display_type: 'USD',
  display_in_currency: true,
  usd_exchange_rate: 7.3,
  custom_currency_symbol: '¤',
  custom_currency_exchange_rate: 1,
  price: 7.3,
  system_name: 'New API',
  server_address: '',
  docs_link: '',
  start_time: 1_767_225_600,
  enable_data_export: true,
  announcements: [],
  api_info: [],
  faq: [],
  footer_html: '<p>Served by a <b>sample</b> gateway</p>',
};

/** What a CNY site shows: the real amount in dollars times its own rate, never its price for a top-up. */
export const CNY_SITE: SiteStatus = { quota_display_type: 'CNY', usd_exchange_rate: 7.3, price: 6.8 };

/** A site that shows raw units. */
export const TOKENS_SITE: SiteStatus = { quota_display_type: 'TOKENS', display_in_currency: false };

/** A site with a currency of its own. */
export const CUSTOM_SITE: SiteStatus = {
  quota_display_type: 'CUSTOM',
  custom_currency_symbol: '₽',
  custom_currency_exchange_rate: 92.5,
};

type Display = 'USD' | 'CNY' | 'TOKENS' | 'CUSTOM';

/** The unit a site shows amounts in; older software has only a switch. */
function displayOf(status: SiteStatus): Display {
  const type = status.quota_display_type;
  if (type === 'USD' || type === 'CNY' || type === 'TOKENS' || type === 'CUSTOM') return type;
  return status.display_in_currency === false ? 'TOKENS' : 'USD';
}

/** Raw units in the unit a site shows. */
export function toDisplay(units: number, status: SiteStatus): number {
  const dollars = units / number(status.quota_per_unit, 500_000);
  switch (displayOf(status)) {
    case 'TOKENS':
      return units;
    case 'CNY':
      return dollars * number(status.usd_exchange_rate, 7.3);
    case 'CUSTOM':
      return dollars * number(status.custom_currency_exchange_rate, 1);
    default:
      return dollars;
  }
}

/** Raw units as the billing endpoints show them: they know no custom currency and fall back to dollars. */
export function toBilling(units: number, status: SiteStatus): number {
  if (displayOf(status) !== 'CUSTOM') return toDisplay(units, status);
  return units / number(status.quota_per_unit, 500_000);
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? value : otherwise;
}
