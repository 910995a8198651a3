import * as l10n from '@vscode/l10n';
import { membersOf } from '../../../core/membersOf.ts';
import { LOG_TYPES, type LogFilter, type LogType } from '../../../core/usage/logRow.ts';
import { abilityFilter } from '../../../gateways/abilityFilter.ts';
import { read, text } from '../argumentSchema.ts';
import type { Command } from '../command.ts';
import { keyFor } from '../keys/pickKey.ts';
import { asSentence } from '../sentence.ts';
import { rangeMembers, rangeOfArgument } from './rangeArgument.ts';

const MAX_PAGE_SIZE = 100;

/**
 * `keyQuota.listLogs`: one page of an account's request log, by argument
 * `{ key, page, pageSize, type, keyName, model, group, requestId, from, to }` → a `LogPage`.
 */
export const listLogs: Command = {
  palette: 'never',
  argument: {
    members: {
      key: text,
      page: read,
      pageSize: read,
      type: read,
      keyName: read,
      model: read,
      group: read,
      requestId: read,
      ...rangeMembers,
    },
    needs: ['key'],
    alone: 'key',
  },
  run: async (parts, argument) => {
    const members = membersOf(argument);
    const key = await keyFor(parts, members.key ?? argument, l10n.t('List Logs'), abilityFilter('logs'));
    if (!key) return undefined;
    const filter = filterOf(members, parts.clock.now());
    return asSentence(key, () =>
      parts.keyRequests.run(key, 'logs', async (gateway, visit) => gateway.readLogs?.(visit, filter)),
    );
  },
};

function filterOf(members: Readonly<Record<string, unknown>>, now: number): LogFilter {
  const hasRange = members.from !== undefined || members.to !== undefined;
  return {
    page: wholeNumber(members.page, 'page', 1, 1_000_000),
    pageSize: wholeNumber(members.pageSize, 'pageSize', 50, MAX_PAGE_SIZE),
    type: typeOf(members.type),
    keyName: textOf(members.keyName, 'keyName'),
    model: textOf(members.model, 'model'),
    group: textOf(members.group, 'group'),
    requestId: textOf(members.requestId, 'requestId'),
    ...(hasRange ? rangeOfArgument(members, now).range : {}),
  };
}

function wholeNumber(value: unknown, name: string, usual: number, most: number): number {
  if (value === undefined) return usual;
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most) return Number(value);
  throw new Error(l10n.t('“{0}” has to be a whole number from 1 to {1}.', name, most));
}

/** A filter that is no text must not be taken for none: the answer would be about other rows. */
function textOf(value: unknown, name: string): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new Error(l10n.t('“{0}” has to be a text.', name));
}

function typeOf(value: unknown): LogType | undefined {
  if (value === undefined) return undefined;
  const type = LOG_TYPES.find(each => each === value);
  if (!type) throw new Error(l10n.t('“type” has to be one of: {0}', LOG_TYPES.join(', ')));
  return type;
}
