import type { SpendRecord } from '../../core/ledger/spendRecord.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { isRequest, isSpend, NAME_LENGTH, type SpendRow, spendOf } from './spendRows.ts';

/** A row as the ledger takes it in; undefined for one that is not about spend. A refund is no request. */
export function spendRecordOf(row: SpendRow): SpendRecord | undefined {
  if (!isSpend(row)) return undefined;
  const counts = isRequest(row) ? tokensOf(row) : { promptTokens: 0, completionTokens: 0 };
  return {
    at: Math.floor(row.created_at),
    keyName: sanitizeText(row.token_name ?? '', NAME_LENGTH),
    model: sanitizeText(row.model_name ?? '', NAME_LENGTH),
    raw: spendOf(row),
    requests: isRequest(row) ? 1 : 0,
    ...counts,
  };
}

/** Where one of the two numbers is absent it is 0; where both are, nothing is told. */
function tokensOf({ prompt_tokens: prompt, completion_tokens: completion }: SpendRow) {
  if (prompt === undefined && completion === undefined)
    return { promptTokens: undefined, completionTokens: undefined };
  return { promptTokens: prompt ?? 0, completionTokens: completion ?? 0 };
}
