import { parseRange } from '../quota/range.ts';
import type { UsageAnswers, UsageProgress, UsageQuestion } from '../views/usagePanelTypes.ts';
import { rangeProblemText } from '../words/range.ts';
import { askAbout, keysOf } from './askUsage.ts';
import type { CommandParts } from './commandParts.ts';

/** Answers a question of the usage panel. Throws a sentence when nothing at all can be said. */
export async function askForPanel(
  parts: CommandParts,
  { keyIds, from, to }: UsageQuestion,
  progress: UsageProgress,
  signal: AbortSignal,
): Promise<UsageAnswers> {
  const { range, problem } = parseRange(from, to, parts.clock.now());
  if (problem) throw new Error(rangeProblemText(problem));
  const keys = keysOf(parts, keyIds.length === 0 ? 'all' : keyIds);
  const answers = await askAbout(parts, keys, range, (_label, done, total) => progress(done, total), signal);
  const { reports, problems } = answers;
  if (reports.length === 0 && problems.length > 0) throw new Error(problems.join('\n'));
  return answers;
}
