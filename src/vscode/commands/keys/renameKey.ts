import * as l10n from '@vscode/l10n';
import type { CommandHandler } from '../commandParts.ts';
import { askLabel } from './keyForm.ts';
import { labelProblem } from './keyFormTexts.ts';
import { keyFor, textOf } from './pickKey.ts';

/** `keyQuota.renameKey`: gives a key another name; by argument `{ id, label }` without asking for it. */
export const renameKey: CommandHandler = async (parts, argument) => {
  const title = l10n.t('Rename Key');
  const key = await keyFor(parts, argument, title);
  if (!key) return;
  const given = textOf(argument, 'label')?.trim();
  const problem = given === undefined ? undefined : labelProblem(given);
  if (problem) throw new Error(problem);
  const label = given ?? (await askLabel(title, key.label));
  if (label) await parts.keyService.rename(key, label);
};
