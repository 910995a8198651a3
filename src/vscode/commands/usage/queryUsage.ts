import * as l10n from '@vscode/l10n';
import { sortedByAttention } from '../../../core/quota/attention.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import { isoTime } from '../../../core/time.ts';
import { parseRange } from '../../../core/usage/range.ts';
import type { UsageReport } from '../../../core/usage/usageReport.ts';
import { isWorthShowing } from '../../../services/usage/askKeys.ts';
import { pickOne } from '../../host/forms.ts';
import { showWarning } from '../../host/messages.ts';
import { shownItem } from '../../host/shownItem.ts';
import { booleanMember, keyIdsMember, type Members } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { offerAddKey } from '../keys/offerAddKey.ts';
import { quickPickItem } from '../keys/pickKey.ts';
import { offerLogByUrl } from './offerLogByUrl.ts';
import { keysByIds, queryWithProgress } from './queryWithProgress.ts';
import { rangeFromMembers, rangeMembers } from './rangeArgument.ts';
import { askRange } from './rangePicker.ts';

const queryMembers = { key: keyIdsMember, ...rangeMembers, show: booleanMember };

/**
 * `keyQuota.queryUsage`: what was spent between two dates. By argument `{ key, from, to, show }` → the report; or, when
 * `key` is `all` or a list, one report for each key, which has no total where the key has no figure. `show: true` opens
 * the panel.
 */
export const queryUsage = defineCommand({
  palette: 'withKeys',
  icon: 'graph',
  menus: [
    { menu: 'view/title', group: 'navigation@3' },
    { menu: 'view/item/context', contextWords: ['key'], group: '0_usage@1' },
  ],
  argument: { members: queryMembers, textMeans: 'key', fromLine: { key: 'keyId' } },
  run: (parts, { members, isObject }) =>
    isObject ? queryByMembers(parts, members) : queryByForm(parts, members.key),
});

async function queryByMembers(
  parts: CommandParts,
  members: Members<typeof queryMembers>,
): Promise<UsageReport | readonly UsageReport[] | undefined> {
  const { range } = rangeFromMembers(members, parts.clock.now());
  const keys = keysByIds(parts, members.key ?? 'all');
  // A query that names one key is asked although the checks of the key are paused.
  const options = { evenIfPaused: members.key !== undefined && members.key !== 'all' && keys.length === 1 };
  const answers = await queryWithProgress(parts, keys, range, options);
  if (!answers) return undefined;
  const { reports, problems } = answers;
  const mayShow = members.show === true && isWorthShowing(answers);
  if (reports.length === 0 && problems[0] && !mayShow) throw new Error(problems[0]);
  if (members.show === true) {
    const keyIds = keys.map(({ id }) => id);
    const ends = { from: rangeEndText(members.from, range.from), to: rangeEndText(members.to, range.to) };
    parts.panels.usage.show({ keyIds, ...ends }, answers, options);
  }
  return typeof members.key === 'string' && members.key !== 'all'
    ? (reports[0] ?? answers.missing[0])
    : [...reports, ...answers.missing];
}

/** An end of the range in the form in which the panel shows it and asks again: seconds become a moment. */
function rangeEndText(given: string | number | null | undefined, moment: number): string {
  return typeof given === 'string' ? given : isoTime(moment);
}

async function queryByForm(
  parts: CommandParts,
  id: string | readonly string[] | undefined,
): Promise<readonly UsageReport[] | undefined> {
  const title = l10n.t('Query Usage');
  const keys = await keysByIdOrPick(parts, id, title);
  if (!keys) return undefined;
  const ends = await askRange(title, parts.clock.now());
  const range = ends && parseRange(ends.from, ends.to, parts.clock.now()).range;
  if (!ends || !range) return undefined;
  const options = { evenIfPaused: keys.length === 1 };
  const first = await queryWithProgress(parts, keys, range, options);
  if (!first) return undefined;
  const answers = (await offerLogByUrl(parts, keys, first))
    ? ((await queryWithProgress(parts, keys, range, options)) ?? first)
    : first;
  // The panel says which figures are missing, beside the others.
  if (!isWorthShowing(answers)) void showWarning(answers.problems.join('\n'));
  else {
    parts.panels.usage.show({ keyIds: keys.map(({ id }) => id), ...ends }, answers, options);
  }
  return [...answers.reports, ...answers.missing];
}

async function keysByIdOrPick(
  parts: CommandParts,
  id: string | readonly string[] | undefined,
  title: string,
): Promise<readonly KeyRecord[] | undefined> {
  if (id !== undefined) return keysByIds(parts, id);
  const { monitor, keyService, clock } = parts;
  const keys = sortedByAttention(monitor.snapshot, clock.now());
  if (keys.length === 0) {
    void offerAddKey();
    return undefined;
  }
  const all = shownItem({ icon: 'list-unordered', label: l10n.t('All keys'), ids: keys.map(key => key.id) });
  const items = [
    ...(keys.length > 1 ? [all] : []),
    ...keys.map(key => ({ ...quickPickItem(key, clock.now()), ids: [key.id] })),
  ];
  const placeHolder = l10n.t('Whose usage?');
  const picked = await pickOne(items, { title, placeHolder, matchOnDetail: true });
  const keysById = keyService.keysById();
  return picked?.ids.map(each => keysById.get(each)).filter(key => key !== undefined);
}
