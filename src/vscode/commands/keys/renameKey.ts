import * as l10n from '@vscode/l10n';
import { text } from '../argumentSchema.ts';
import type { Command } from '../command.ts';
import { askLabel } from './keyForm.ts';
import { labelProblem } from './keyFormTexts.ts';
import { oneKey } from './oneKey.ts';
import { keyFor, textOf } from './pickKey.ts';

/** `keyQuota.renameKey`: gives a key another name; by argument `{ id, label }` without asking for it. */
export const renameKey: Command = {
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', on: ['key'], group: '3_change@1' }],
  argument: { ...oneKey, members: { id: text, label: text } },
  run: async (parts, argument) => {
    const title = l10n.t('Rename Key');
    const key = await keyFor(parts, argument, title);
    if (!key) return;
    const given = textOf(argument, 'label')?.trim();
    const problem = given === undefined ? undefined : labelProblem(given);
    if (problem) throw new Error(problem);
    const label = given ?? (await askLabel(title, key.label));
    if (label) await parts.keyService.rename(key, label);
  },
};
