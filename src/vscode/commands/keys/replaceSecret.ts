import * as l10n from '@vscode/l10n';
import { parseSecret } from '../../../core/input/parseSecret.ts';
import { showWarning } from '../../host/messages.ts';
import { booleanMember, textMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import { keyArgumentWith } from './keyArgument.ts';
import { askSecret } from './keyForm.ts';
import { secretProblemText } from './keyFormTexts.ts';
import { keyFromIdOrPick } from './pickKey.ts';

/**
 * `keyQuota.replaceSecret`: puts a renewed secret in the place of the old one; by argument
 * `{ id, secret, confirmed: true }` without asking. The old one is gone then, so it takes a yes.
 */
export const replaceSecret = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['key'], group: '3_change@2' }],
  argument: keyArgumentWith({ secret: textMember, confirmed: booleanMember }),
  run: async (parts, { members }) => {
    const title = l10n.t('Replace Secret');
    const key = await keyFromIdOrPick(parts, members.id, title);
    if (!key) return;
    const given = members.secret;
    const parsed = given === undefined ? undefined : parseSecret(given);
    if (parsed?.problem) throw new Error(secretProblemText(parsed.problem));
    const secret =
      parsed?.secret ?? (await askSecret(l10n.t('{0} of “{1}”', title, key.label), key.credential));
    if (!secret) return;
    if (given !== undefined && members.confirmed !== true && !(await isReplaceConfirmed(key.label))) return;
    await parts.keyService.replaceSecret(key, secret);
  },
});

/** Typing a secret into the form is a yes of its own; one that came by argument was typed by nobody. */
async function isReplaceConfirmed(label: string): Promise<boolean> {
  const replace = l10n.t('Replace');
  const choice = await showWarning(
    l10n.t('Replace the secret of “{0}”?', label),
    { modal: true, detail: l10n.t('The secret that is stored now is lost.') },
    replace,
  );
  return choice === replace;
}
