import * as l10n from '@vscode/l10n';
import type { LinkedKeys } from '../../services/keys/accountLinkNotice.ts';
import { joinFewNames } from '../../text/clauses.ts';
import { quotedName } from '../../text/quotedName.ts';
import { showInformation } from '../host/messages.ts';
import { runOwnCommand } from '../host/ownCommand.ts';

/** More names would not help anyone to decide. */
const MAX_NAMES = 5;

/** Says that keys are read from their account from now on, and offers to separate them. */
export async function showLinkedKeys({ account, keys }: LinkedKeys): Promise<void> {
  const separate = l10n.t('Separate…');
  const [only, ...others] = keys;
  const message =
    only && others.length === 0
      ? l10n.t(
          '“{0}” is in the key list of “{1}” and will be read from there from now on: one call gets the figures of all its keys.',
          only.label,
          account.label,
        )
      : l10n.t(
          '{0} are in the key list of “{1}” and will be read from there from now on: one call gets the figures of all its keys.',
          namesOf(keys),
          account.label,
        );
  const pressed = await showInformation(message, separate);
  // With several keys the command asks which.
  if (pressed === separate)
    await runOwnCommand('keyQuota.separateKey', others.length === 0 ? only?.id : undefined);
}

function namesOf(keys: LinkedKeys['keys']): string {
  return joinFewNames(
    keys.map(({ label }) => quotedName(label)),
    MAX_NAMES,
  );
}
