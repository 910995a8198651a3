import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../core/input/baseUrl.ts';
import { gatewayOf } from '../../../gateways/registry.ts';
import {
  addCandidates,
  type ChosenCandidate,
  removeKeys,
} from '../../../services/importing/addCandidates.ts';
import type { Candidate, RejectedEntry } from '../../../services/importing/candidate.ts';
import { accountKeyFigure, accountKeyStatus } from '../../../text/accountKeyText.ts';
import { pickMany } from '../../host/forms.ts';
import { shownItem } from '../../host/shownItem.ts';
import type { CommandParts } from '../commandParts.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';
import { offerImportOutcome } from './importOutcome.ts';
import { credentialName } from './keyForm.ts';

interface TicksQuestion {
  readonly title: string;
  readonly placeHolder: string;
  /** Which candidates are ticked at first; by default those that are new and complete. */
  readonly isTicked?: (candidate: Candidate) => boolean;
}

/** Lets a person tick the keys to add; each shows the host that it would be sent to. */
export async function askTicks(
  candidates: readonly Candidate[],
  { title, placeHolder, isTicked = isReady }: TicksQuestion,
): Promise<readonly Candidate[] | undefined> {
  const items = candidates.map(candidate =>
    shownItem({
      label: candidate.label,
      description: addressText(candidate),
      detail: detailText(candidate),
      picked: isTicked(candidate),
      candidate,
    }),
  );
  const picked = await pickMany(items, {
    title,
    placeHolder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.map(({ candidate }) => candidate);
}

/** Adds what was ticked, and offers to undo that. Undefined when it was cancelled. */
export async function addChosen(
  { keyService }: CommandParts,
  chosen: readonly ChosenCandidate[],
  rest: { readonly rejected: readonly RejectedEntry[]; readonly problems: readonly string[] },
): Promise<{ ids: readonly string[] } | undefined> {
  const outcome = await withCancellableProgress(l10n.t('Importing keys'), (report, signal) =>
    addCandidates(keyService, chosen, done => report(l10n.t('{0} of {1}', done + 1, chosen.length)), signal),
  );
  if (!outcome) return undefined;
  const undo = () => removeKeys(keyService, outcome.added);
  void offerImportOutcome(outcome, { ...rest, undo });
  return { ids: outcome.added };
}

function isReady({ baseUrl, secret, secretId, presentAs }: Candidate): boolean {
  return Boolean(baseUrl && (secret ?? secretId)) && presentAs === undefined;
}

/** `URL` writes the host in ASCII, so that a look-alike name is seen as what it is. */
function addressText({ baseUrl }: Candidate): string {
  return baseUrl === undefined ? l10n.t('no address: you will be asked for it') : addressOf(baseUrl);
}

function detailText(candidate: Candidate): string {
  if (candidate.listed) return listedText(candidate, candidate.listed);
  const { kind, credential = 'apiKey', sourceTitle, presentAs } = candidate;
  const title = kind === undefined ? undefined : gatewayOf(kind)?.title;
  const what = [title, credentialName(credential), secretText(candidate)]
    .filter(word => word !== undefined)
    .join(' · ');
  return presentAs === undefined
    ? l10n.t('{0}, from {1}', what, sourceTitle)
    : l10n.t('{0}, from {1}; already here, as “{2}”', what, sourceTitle, presentAs);
}

/** What an account's list says of a key in it. Kind and account are the same for all in the list. */
function listedText(candidate: Candidate, { key, unit }: NonNullable<Candidate['listed']>): string {
  const { presentAs } = candidate;
  return [
    accountKeyFigure(key, unit),
    accountKeyStatus(key),
    presentAs === undefined ? secretText(candidate) : l10n.t('already here, as “{0}”', presentAs),
  ]
    .filter(word => word !== undefined)
    .join(' · ');
}

/** Where its secret comes from, where it is not known yet. */
function secretText({ secret, variable, secretId, maskedAs }: Candidate): string | undefined {
  if (secret !== undefined) return variable && l10n.t('its secret is the environment variable {0}', variable);
  if (secretId !== undefined) return l10n.t('masked in the list: its gateway will be asked for the secret');
  return maskedAs === undefined
    ? l10n.t('without its secret: you will be asked for it')
    : l10n.t('masked in the list: you will be asked for the secret');
}
