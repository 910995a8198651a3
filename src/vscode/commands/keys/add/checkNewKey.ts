import * as l10n from '@vscode/l10n';
import { credentialSpecOf } from '../../../../gateways/credentialSpec.ts';
import type { Gateway } from '../../../../gateways/gateway.ts';
import { gatewayOf } from '../../../../gateways/registry.ts';
import type { KeyDraft } from '../../../../services/keys/keyDraft.ts';
import type { Outcome } from '../../../../services/polling/check.ts';
import { newKeyFailureText } from '../../../../text/failure.ts';
import { showWarning } from '../../../host/messages.ts';
import { withProgressNotification } from '../../../host/progress.ts';
import type { CommandParts } from '../../commandParts.ts';

/** A key, and what its gateway said of it. */
interface CheckedKey {
  readonly draft: KeyDraft;
  readonly outcome: Outcome;
}

/**
 * Checks the key until the check succeeds, or until the user saves it as it is, wants to enter it again, or cancels.
 */
export async function checkNewKey(
  parts: CommandParts,
  draft: KeyDraft,
): Promise<CheckedKey | 'enter again' | undefined> {
  for (;;) {
    const checked = await checkAsEither(parts, draft);
    const { outcome } = checked;
    if (outcome.reading) return checked;
    const saveAnyway = l10n.t('Save Anyway');
    const tryAgain = l10n.t('Try Again');
    const { class: failureClass, reason } = outcome.failure;
    const change = l10n.t('Change Address or Key');
    const choice = await showWarning(
      failureClass === 'bad-key'
        ? l10n.t('The key was not accepted.')
        : l10n.t('The key could not be checked.'),
      { modal: true, detail: newKeyFailureText(outcome.failure, draft.baseUrl) },
      tryAgain,
      ...(MAY_BE_WRONG_INPUT.has(reason) ? [change] : []),
      saveAnyway,
    );
    if (choice === saveAnyway) return checked;
    if (choice === change) return 'enter again';
    if (choice !== tryAgain) return undefined;
    // Another try with the same key, address and kind would fail again.
    if (failureClass === 'bad-key' || WRONG_INPUT.has(reason)) return 'enter again';
  }
}

/** Failures that say that the address, the kind or the user ID is another; the form can change each. */
const WRONG_INPUT: ReadonlySet<string> = new Set([
  'user-id-needed',
  ...['no-such-endpoint', 'never-offered', 'not-http', 'not-json', 'missing-figures', 'https-instead'],
]);

/** Failures of a wrong address, and as well of a network without its VPN, or with a login page before everything. */
const MAY_BE_WRONG_INPUT: ReadonlySet<string> = new Set(['host-not-found', 'html', 'redirected']);

/** At some gateways two credentials have the same form; the gateway says which one it was given. */
async function checkAsEither(parts: CommandParts, draft: KeyDraft): Promise<CheckedKey> {
  const outcome = await check(parts, draft);
  const other = outcome.failure?.reason === 'wrong-credential' && lookAlike(gatewayOf(draft.kind), draft);
  if (!other) return { draft, outcome };
  const asOther = { ...draft, credential: other.type };
  const second = await check(parts, asOther);
  return second.reading ? { draft: asOther, outcome: second } : { draft, outcome };
}

function lookAlike(gateway: Gateway | undefined, { credential, secret }: KeyDraft) {
  if (!gateway || !credentialSpecOf(gateway, credential)?.form?.test(secret)) return undefined;
  return gateway.credentials.find(({ type, form }) => type !== credential && form?.test(secret));
}

function check({ keyService }: CommandParts, draft: KeyDraft): Promise<Outcome> {
  return withProgressNotification(l10n.t('Checking the key at {0}…', draft.baseUrl), () =>
    keyService.checkDraft(draft),
  );
}
