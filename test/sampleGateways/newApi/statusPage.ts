import type { Reply } from '../wire/reply.ts';
import { type NewApiCall, success } from './newApiCall.ts';

const ONLY_NEWER = [
  'quota_display_type',
  'usd_exchange_rate',
  'custom_currency_symbol',
  'custom_currency_exchange_rate',
];
const ONE_API_KNOWS = [
  'quota_per_unit',
  'display_in_currency',
  'system_name',
  'server_address',
  'start_time',
  'footer_html',
  'version',
  'chat_link',
];

/** `GET /api/status`: what the site calls itself and the unit it shows amounts in. */
export function statusPage(call: NewApiCall): Reply {
  const data: Record<string, unknown> = { version: call.version.header ?? 'v0.6.10', ...call.status };
  const oneApi = call.version.accountAuth === 'oneApi';
  for (const name of Object.keys(data)) {
    if (oneApi ? !ONE_API_KNOWS.includes(name) : !call.version.displayTypes && ONLY_NEWER.includes(name))
      delete data[name];
  }
  return success(data);
}
