import * as l10n from '@vscode/l10n';
import { GatewayError } from '../../../core/quota/failure.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { Candidate } from '../../../services/importing/candidate.ts';
import { failureText } from '../../../text/failure.ts';
import { showInformation, showWarning } from '../../host/messages.ts';
import type { CommandParts } from '../commandParts.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';
import { withFailureText } from '../withFailureText.ts';
import { askWhatIsMissing } from './importQuestions.ts';
import { addChosen, askTicks } from './importTicks.ts';

/** Shows the keys of an account with a tick box each, and adds what is ticked. `name`: the only one to be ticked at first. */
export async function addAccountKeysByForm(
  parts: CommandParts,
  account: KeyRecord,
  name: string | undefined,
): Promise<{ ids: readonly string[] } | undefined> {
  const title = l10n.t('Add Keys of “{0}”', account.label);
  const asking = l10n.t('Reading the keys of “{0}”', account.label);
  const list = await withCancellableProgress(asking, (_report, signal) =>
    withFailureText(account, () => parts.keyService.accountCandidates(account, signal)),
  );
  if (!list) return undefined;
  if (list.candidates.length === 0) {
    void showInformation(l10n.t('“{0}” lists no keys.', account.label));
    return undefined;
  }
  const ticked = await askTicks(list.candidates, {
    title,
    placeHolder: list.isWhole
      ? l10n.t('Only selected keys are saved.')
      : l10n.t('Only selected keys are saved. The gateway’s list could not be read completely.'),
    ...(name !== undefined && { isTicked: ({ label }) => label === name }),
  });
  if (!ticked || ticked.length === 0) return undefined;
  const told = await askForSecrets(parts, account, ticked);
  if (!told) return undefined;
  const chosen = await askWhatIsMissing(parts, title, told.candidates);
  if (!chosen) return undefined;
  const added = await addChosen(parts, chosen, { rejected: [], problems: told.problems });
  // The account's next answer is the keys' too, so that they are not asked themselves.
  if (added && added.ids.length > 0) void parts.monitor.refresh([account.id]);
  return added;
}

interface ToldSecrets {
  /** Those that are to be added; the person is asked for secrets that are still missing. */
  readonly candidates: readonly Candidate[];
  /** Why others are left out. */
  readonly problems: readonly string[];
}

/**
 * Asks the gateway for secrets. Where it tells only some, the others are left for later; where it tells none, the
 * person is asked for them.
 */
async function askForSecrets(
  { keyService }: CommandParts,
  account: KeyRecord,
  ticked: readonly Candidate[],
): Promise<ToldSecrets | undefined> {
  const asking = l10n.t('Asking “{0}” for the secrets', account.label);
  try {
    const candidates = await withCancellableProgress(asking, (_report, signal) =>
      keyService.withToldSecrets(account, ticked, signal),
    );
    if (!candidates) return undefined;
    const isUntold = ({ secret, secretId }: Candidate) => secret === undefined && secretId !== undefined;
    if (!candidates.some(({ secret, secretId }) => secret !== undefined && secretId !== undefined))
      return { candidates, problems: [] };
    return {
      candidates: candidates.filter(each => !isUntold(each)),
      problems: candidates
        .filter(isUntold)
        .map(({ label }) => l10n.t('“{0}”: its gateway did not return the secret. Try again later.', label)),
    };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const why = failureText(error.failure, account);
    void showWarning(
      l10n.t('The gateway does not return the secrets, so you will be asked for them. {0}', why),
    );
    return { candidates: ticked, problems: [] };
  }
}
