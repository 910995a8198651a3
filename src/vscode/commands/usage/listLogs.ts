import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { LOG_TYPES, type LogFilter } from '../../../core/usage/logRow.ts';
import { type Members, textMember, wholeNumberMember, withErrorText } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import { ableKeyFromIdOrPick } from '../keys/pickKey.ts';
import { withFailureText } from '../withFailureText.ts';
import { rangeFromMembers, rangeMembers } from './rangeArgument.ts';

const MAX_PAGE = 1_000_000;
const MAX_PAGE_SIZE = 100;

/** An empty text is no filter. */
const filterMembers = {
  page: wholeNumberMember(MAX_PAGE),
  pageSize: wholeNumberMember(MAX_PAGE_SIZE),
  type: withErrorText(v.picklist(LOG_TYPES), () =>
    l10n.t('“type” must be one of: {0}', LOG_TYPES.join(', ')),
  ),
  keyName: textMember,
  model: textMember,
  group: textMember,
  requestId: textMember,
  ...rangeMembers,
};

/**
 * `keyQuota.listLogs`: one page of an account's request log, by argument
 * `{ key, page, pageSize, type, keyName, model, group, requestId, from, to }` → a `LogPage`.
 */
export const listLogs = defineCommand({
  palette: 'never',
  argument: {
    members: {
      key: textMember,
      ...filterMembers,
    },
    requiresOneOf: ['key'],
    textMeans: 'key',
    fromLine: { key: 'keyId' },
  },
  run: async (parts, { members }) => {
    const key = await ableKeyFromIdOrPick(parts, members.key, l10n.t('List Request Log'), 'logs');
    if (!key) return undefined;
    const filter = logFilterFrom(members, parts.clock.now());
    return withFailureText(key, () =>
      parts.keyRequests.run(key, 'logs', async (gateway, context) => gateway.readLogs?.(context, filter)),
    );
  },
});

function logFilterFrom(members: Members<typeof filterMembers>, now: number): LogFilter {
  const { page = 1, pageSize = 50, type, keyName, model, group, requestId } = members;
  const hasRange = members.from !== undefined || members.to !== undefined;
  return {
    page,
    pageSize,
    type,
    keyName: keyName || undefined,
    model: model || undefined,
    group: group || undefined,
    requestId: requestId || undefined,
    ...(hasRange ? rangeFromMembers(members, now).range : {}),
  };
}
