import type { LogRow } from '../state/logRow.ts';
import { GoStruct } from '../wire/goJson.ts';
import { json, type Reply } from '../wire/reply.ts';
import { readOnlyCheck } from './keyAuth.ts';
import { type NewApiCall, refuseLiteral } from './newApiCall.ts';

const MOST_ROWS = 1000;

/** `GET /api/log/token`: the last rows of the key that asks, newest first, with no way to page or filter. */
export function logToken(call: NewApiCall): Reply {
  if (call.version.logToken === 'queryKey') return logByQueryKey(call);
  const checked = readOnlyCheck(call);
  if (checked.refusal) return checked.refusal;
  const rows = call.holdings.log.select({ key: checked.key.handle }).slice(0, MOST_ROWS);
  return reply(rows, call);
}

// Before v0.10.8 the key stood in the URL and nothing was limited. One in the header is not looked at.
function logByQueryKey(call: NewApiCall): Reply {
  const sent = call.query.get('key');
  if (sent === null) return reply([], call);
  const key = call.holdings.keyBySecret(sent);
  if (!key) return refuseLiteral(200, '无效的令牌');
  if (key.scenario.reply) return key.scenario.reply;
  return reply(call.holdings.log.select({ key: key.handle }), call);
}

function reply(rows: LogRow[], call: NewApiCall): Reply {
  // Ids are given out again for each answer, so they identify nothing.
  return json(200, {
    data: rows.map((row, i) => logMembers(row, call, i + 1)),
    message: '',
    success: true,
  });
}

/** A row of the log as all endpoints write it. */
export function logMembers(row: LogRow, { holdings, version }: NewApiCall, id: number): GoStruct {
  const key = row.key === undefined ? undefined : holdings.keys.get(row.key);
  return new GoStruct({
    id,
    user_id: holdings.account(row.account).id,
    created_at: row.at,
    type: row.type,
    content: row.content,
    username: row.account,
    token_name: key?.name ?? '',
    model_name: row.model,
    quota: row.quota,
    prompt_tokens: row.promptTokens,
    completion_tokens: row.completionTokens,
    use_time: row.useTime,
    is_stream: row.stream,
    channel: 1,
    channel_name: '',
    // One API's rows do not tell it.
    ...(version.accountAuth !== 'oneApi' && { token_id: key?.id ?? 0 }),
    group: row.group,
    ip: row.ip,
    ...(version.requestIds !== 'absent' && { request_id: row.requestId }),
    other: '{"model_ratio":1,"group_ratio":1}',
  });
}
