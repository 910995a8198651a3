import * as l10n from '@vscode/l10n';
import { textMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import { keyArgumentWith } from './keyArgument.ts';
import { askLabel } from './keyForm.ts';
import { labelProblem } from './keyFormTexts.ts';
import { ownKeyFromIdOrPick } from './pickKey.ts';

/** `keyQuota.renameKey`: gives a key another label. With `{ id, label }` it does not ask for one. */
export const renameKey = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['own'], group: '3_change@1' }],
  argument: keyArgumentWith({ label: textMember }),
  run: async (parts, { members }) => {
    const title = l10n.t('Rename Key');
    const key = await ownKeyFromIdOrPick(parts, members.id, title);
    if (!key) return;
    const given = members.label?.trim();
    const problem = given === undefined ? undefined : labelProblem(given);
    if (problem) throw new Error(problem);
    const label = given ?? (await askLabel(title, key.label));
    if (label) await parts.keyService.rename(key, label);
  },
});
