import * as l10n from '@vscode/l10n';
import { parseSecret } from '../../../core/input/parseSecret.ts';
import { gatewayOf } from '../../../gateways/registry.ts';
import { showWarning } from '../../host/messages.ts';
import { booleanMember, textMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import { keyArgumentWith } from './keyArgument.ts';
import { askSecret } from './keyForm.ts';
import { secretProblemText } from './keyFormTexts.ts';
import { ownKeyFromIdOrPick } from './pickKey.ts';

/**
 * `keyQuota.replaceSecret`: replaces the secret of a key. With `{ id, secret, confirmed: true }` it does not ask. The
 * old secret is lost, so one that came by argument has to be confirmed.
 */
export const replaceSecret = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['own'], group: '3_change@2' }],
  argument: keyArgumentWith({ secret: textMember, confirmed: booleanMember }),
  run: async (parts, { members }) => {
    const title = l10n.t('Replace Secret');
    const key = await ownKeyFromIdOrPick(parts, members.id, title);
    if (!key) return;
    const takesLogin = gatewayOf(key.kind)?.takesLogin;
    const given = members.secret;
    const parsed = given === undefined ? undefined : parseSecret(given, takesLogin);
    if (parsed?.problem) throw new Error(secretProblemText(parsed.problem));
    const question = l10n.t('{0} of “{1}”', title, key.label);
    const secret =
      parsed?.secret ?? (await askSecret(question, key.credential, undefined, undefined, takesLogin));
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
