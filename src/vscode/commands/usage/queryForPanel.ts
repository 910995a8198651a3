import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../core/input/baseUrl.ts';
import { parseRange } from '../../../core/usage/range.ts';
import type { UsageReport } from '../../../core/usage/usageReport.ts';
import { askKeys, isWorthShowing, type UsageAnswers } from '../../../services/usage/askKeys.ts';
import { hourlyReports } from '../../../services/usage/hourlyReports.ts';
import { joinNames } from '../../../text/clauses.ts';
import { rangeProblemText } from '../../../text/range.ts';
import { showWarning } from '../../host/messages.ts';
import type { PanelAskOptions, UsageProgress, UsageQuestion } from '../../panels/usagePanelTypes.ts';
import type { CommandParts } from '../commandParts.ts';
import { keysByIds } from './queryWithProgress.ts';

/**
 * Answers a request of the usage panel.
 * @throws a sentence when there is no figure now and will be none soon.
 */
export async function queryForPanel(
  parts: CommandParts,
  { keyIds, from, to }: UsageQuestion,
  progress: UsageProgress,
  signal: AbortSignal,
  { isPart, ...options }: PanelAskOptions = {},
): Promise<UsageAnswers> {
  const { range, problem } = parseRange(from, to, parts.clock.now());
  if (problem) throw new Error(rangeProblemText(problem));
  const keysById = parts.keyService.keysById();
  // A key of a part may have been removed a moment ago.
  const ids = isPart ? keyIds.filter(id => keysById.has(id)) : keyIds;
  const keys = keysByIds(parts, keyIds.length === 0 ? 'all' : ids);
  const reportProgress = (_label: string, done: number, total: number | undefined) => progress(done, total);
  const answers = await askKeys(parts, keys, range, reportProgress, signal, options);
  const { problems } = answers;
  if (problems.length > 0 && !isPart && !isWorthShowing(answers)) throw new Error(problems.join('\n'));
  return answers;
}

/** What the keys of a question spent hour by hour, as far as it is known without asking. */
export async function hoursForPanel(
  parts: CommandParts,
  { keyIds, from, to }: UsageQuestion,
): Promise<readonly UsageReport[]> {
  const { range } = parseRange(from, to, parts.clock.now());
  const keysById = parts.keyService.keysById();
  const keys = keyIds.length === 0 ? [...keysById.values()] : keyIds.flatMap(id => keysById.get(id) ?? []);
  return range ? hourlyReports(parts, keys, range) : [];
}

/**
 * Asks whether the calls that are left for the user may be spent on these keys: the limits are shared with the user's
 * own login at the gateways, so they decide each time.
 */
export async function mayAskNow(parts: CommandParts, keyIds: readonly string[]): Promise<boolean> {
  const keys = keysByIds(parts, keyIds);
  const hosts = joinNames([...new Set(keys.map(({ baseUrl }) => addressOf(baseUrl)))]);
  const askNow = l10n.t('Ask Gateway Now');
  const [only] = keys;
  const choice = await showWarning(
    only && keys.length === 1
      ? l10n.t('Ask {0} now about “{1}”?', hosts, only.label)
      : l10n.t('Ask {0} now, about {1} keys?', hosts, keys.length),
    {
      modal: true,
      detail: l10n.t(
        'This uses calls that Key Quota leaves for your own use. A gateway that counts too many from your address may refuse your own login there for up to 20 minutes.',
      ),
    },
    askNow,
  );
  return choice === askNow;
}
