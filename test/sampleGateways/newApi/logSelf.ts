import { seconds } from '../clock.ts';
import type { LogFilter } from '../state/logBook.ts';
import { LOG_TYPES } from '../state/logRow.ts';
import { json, type Reply } from '../wire/reply.ts';
import { accountCheck, accountSuccess } from './accountAuth.ts';
import { logMembers } from './logToken.ts';
import type { NewApiCall } from './newApiCall.ts';
import { paged } from './paging.ts';

const FILTERS = [
  'type',
  'token_name',
  'model_name',
  'group',
  'request_id',
  'start_timestamp',
  'end_timestamp',
];

/** `GET /api/log/self`: the account's log, newest first, with every filter. */
export function logSelf(call: NewApiCall): Reply {
  const { account, refusal } = accountCheck(call);
  if (refusal) return refusal;
  const type = wholeNumber(call.query.get('type'));
  const filter = { ...rangeFilter(call), account: account.name, ...(type > 0 && { type }) };
  const rows = call.holdings.log.select(filter, selectionName(account.name, call));
  return paged(call, rows, (row, place) => {
    const id = { own: row.id, place, zero: 0 }[call.version.rowIds];
    return logMembers(row, call, id);
  });
}

/** `GET /api/log/self/stat`: what was spent in the range, and the pace of the last minute. */
export function logSelfStat(call: NewApiCall): Reply {
  const { account, refusal } = accountCheck(call);
  if (refusal) return refusal;
  const only = { account: account.name, type: LOG_TYPES.consume };
  // The summary looks at neither the type nor the request id.
  const { requestId: _requestId, ...wanted } = rangeFilter(call);
  let quota = 0;
  for (const row of call.holdings.log.select({ ...wanted, ...only })) quota += row.quota;
  const { from: _from, to: _to, ...anyTime } = wanted;
  const minute = call.holdings.log.select({ ...anyTime, ...only, from: seconds(call.clock) - 60 });
  let tpm = 0;
  for (const row of minute) tpm += row.promptTokens + row.completionTokens;
  return accountSuccess({ quota, rpm: minute.length, tpm });
}

/** `GET /api/log/self/search`: given up long ago. */
export function logSelfSearch(call: NewApiCall): Reply {
  return accountCheck(call).refusal ?? json(200, { message: '该接口已废弃', success: false });
}

// A bound that is 0, absent or not a number is none, without a word about it.
function rangeFilter(call: NewApiCall): LogFilter {
  const { ignoresBounds } = call.settings;
  const from = ignoresBounds ? 0 : wholeNumber(call.query.get('start_timestamp'));
  const to = ignoresBounds ? 0 : wholeNumber(call.query.get('end_timestamp'));
  const tokenName = call.query.get('token_name') ?? '';
  const model = call.query.get('model_name') ?? '';
  const isOneApi = call.version.accountAuth === 'oneApi';
  const group = isOneApi ? '' : (call.query.get('group') ?? '');
  const requestId = call.version.requestIds === 'filtered' ? (call.query.get('request_id') ?? '') : '';
  return {
    ...(from !== 0 && { from }),
    ...(to !== 0 && { to }),
    ...(group !== '' && { group }),
    ...(requestId !== '' && { requestId }),
    ...(model !== '' && { model: likePattern(model) }),
    ...(tokenName !== '' && {
      tokenName: handle => handle !== undefined && call.holdings.key(handle).name === tokenName,
    }),
  };
}

function likePattern(pattern: string): (model: string) => boolean {
  const parts = pattern.split('%').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`, 'is');
  return model => expression.test(model);
}

function selectionName(account: string, call: NewApiCall): string {
  return JSON.stringify([account, ...FILTERS.map(name => call.query.get(name))]);
}

function wholeNumber(text: string | null): number {
  return text !== null && /^-?\d+$/.test(text) ? Number(text) : 0;
}
