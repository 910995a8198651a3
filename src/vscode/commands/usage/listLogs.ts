import * as l10n from '@vscode/l10n';
import { membersOf } from '../../../core/membersOf.ts';
import { LOG_TYPES, type LogFilter, type LogType } from '../../../core/usage/logRow.ts';
import { abilityFilter } from '../../../gateways/abilityFilter.ts';
import { anyValue, textMember } from '../argumentSchema.ts';
import type { Command } from '../command.ts';
import { keyFromArgumentOrPick } from '../keys/pickKey.ts';
import { withFailureText } from '../withFailureText.ts';
import { rangeFromArgument, rangeMembers } from './rangeArgument.ts';

const MAX_PAGE_SIZE = 100;

/**
 * `keyQuota.listLogs`: one page of an account's request log, by argument
 * `{ key, page, pageSize, type, keyName, model, group, requestId, from, to }` → a `LogPage`.
 */
export const listLogs: Command = {
  palette: 'never',
  argument: {
    members: {
      key: textMember,
      page: anyValue,
      pageSize: anyValue,
      type: anyValue,
      keyName: anyValue,
      model: anyValue,
      group: anyValue,
      requestId: anyValue,
      ...rangeMembers,
    },
    requiresOneOf: ['key'],
    textMeans: 'key',
  },
  run: async (parts, argument) => {
    const members = membersOf(argument);
    const key = await keyFromArgumentOrPick(
      parts,
      members.key ?? argument,
      l10n.t('List Logs'),
      abilityFilter('logs'),
    );
    if (!key) return undefined;
    const filter = logFilterFrom(members, parts.clock.now());
    return withFailureText(key, () =>
      parts.keyRequests.run(key, 'logs', async (gateway, context) => gateway.readLogs?.(context, filter)),
    );
  },
};

function logFilterFrom(members: Readonly<Record<string, unknown>>, now: number): LogFilter {
  const hasRange = members.from !== undefined || members.to !== undefined;
  return {
    page: wholeNumberFrom(members.page, 'page', 1, 1_000_000),
    pageSize: wholeNumberFrom(members.pageSize, 'pageSize', 50, MAX_PAGE_SIZE),
    type: logTypeFrom(members.type),
    keyName: filterText(members.keyName, 'keyName'),
    model: filterText(members.model, 'model'),
    group: filterText(members.group, 'group'),
    requestId: filterText(members.requestId, 'requestId'),
    ...(hasRange ? rangeFromArgument(members, now).range : {}),
  };
}

function wholeNumberFrom(value: unknown, name: string, defaultValue: number, most: number): number {
  if (value === undefined) return defaultValue;
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most) return Number(value);
  throw new Error(l10n.t('“{0}” has to be a whole number from 1 to {1}.', name, most));
}

/** A filter that is no text must not be taken for none: the answer would be about other rows. */
function filterText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new Error(l10n.t('“{0}” has to be a text.', name));
}

function logTypeFrom(value: unknown): LogType | undefined {
  if (value === undefined) return undefined;
  const type = LOG_TYPES.find(each => each === value);
  if (!type) throw new Error(l10n.t('“type” has to be one of: {0}', LOG_TYPES.join(', ')));
  return type;
}
