import * as l10n from '@vscode/l10n';
import { textMember } from '../argumentSchema.ts';
import type { Command } from '../command.ts';
import { keyArgument } from './keyArgument.ts';
import { askLabel } from './keyForm.ts';
import { labelProblem } from './keyFormTexts.ts';
import { keyFromArgumentOrPick, textFromArgument } from './pickKey.ts';

/** `keyQuota.renameKey`: gives a key another name; by argument `{ id, label }` without asking for it. */
export const renameKey: Command = {
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['key'], group: '3_change@1' }],
  argument: { ...keyArgument, members: { id: textMember, label: textMember } },
  run: async (parts, argument) => {
    const title = l10n.t('Rename Key');
    const key = await keyFromArgumentOrPick(parts, argument, title);
    if (!key) return;
    const given = textFromArgument(argument, 'label')?.trim();
    const problem = given === undefined ? undefined : labelProblem(given);
    if (problem) throw new Error(problem);
    const label = given ?? (await askLabel(title, key.label));
    if (label) await parts.keyService.rename(key, label);
  },
};
