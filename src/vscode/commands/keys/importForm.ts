import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../core/input/baseUrl.ts';
import { gatewayOf } from '../../../gateways/registry.ts';
import { redactor } from '../../../redaction/redactor.ts';
import { addCandidates, removeKeys } from '../../../services/importing/addCandidates.ts';
import type { Candidate, RejectedEntry } from '../../../services/importing/candidate.ts';
import { offerKeys } from '../../../services/importing/offerKeys.ts';
import { pickMany } from '../../host/forms.ts';
import { plainAllowedBy } from '../../host/gatewayRoutes.ts';
import { shownItem } from '../../host/shownItem.ts';
import type { CommandParts } from '../commandParts.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';
import { offerImportOutcome, showNothingToImport } from './importOutcome.ts';
import { askWhatIsMissing } from './importQuestions.ts';
import { askImportSources } from './importSources.ts';
import { credentialName } from './keyForm.ts';

/** Asks where to look, shows what was found with a tick box each, and adds what is ticked. */
export async function importByForm(parts: CommandParts): Promise<{ ids: readonly string[] } | undefined> {
  const title = l10n.t('Import Keys');
  const read = await askImportSources(title);
  if (!read) return undefined;
  const { candidates, rejected } = offerKeys(read.sources, {
    redactor,
    environment: process.env,
    isPlainHttpAllowed: plainAllowedBy(parts.settings()),
    keys: [...parts.keyService.keysById().values()],
  });
  if (candidates.length === 0) {
    showNothingToImport(rejected, read.problems);
    return undefined;
  }
  const ticked = await askTicks(title, candidates, rejected);
  if (!ticked || ticked.length === 0) return undefined;
  const chosen = await askWhatIsMissing(parts, title, ticked);
  if (!chosen) return undefined;
  const outcome = await withCancellableProgress(l10n.t('Importing keys'), (report, signal) =>
    addCandidates(
      parts.keyService,
      chosen,
      done => report(l10n.t('{0} of {1}', done + 1, chosen.length)),
      signal,
    ),
  );
  if (!outcome) return undefined;
  const undo = () => removeKeys(parts.keyService, outcome.added);
  void offerImportOutcome(outcome, { rejected, problems: read.problems, undo });
  return { ids: outcome.added };
}

/** All that can be added, with the host that each key would be sent to. Ticked: what is new and has an address. */
async function askTicks(
  title: string,
  candidates: readonly Candidate[],
  rejected: readonly RejectedEntry[],
): Promise<readonly Candidate[] | undefined> {
  const items = candidates.map(candidate =>
    shownItem({
      label: candidate.label,
      description: addressText(candidate),
      detail: detailText(candidate),
      picked: Boolean(candidate.baseUrl && candidate.secret) && candidate.presentAs === undefined,
      candidate,
    }),
  );
  const placeHolder =
    rejected.length === 0
      ? l10n.t('Only what is ticked is saved, and then checked with its gateway.')
      : l10n.t('Only what is ticked is saved. Left out: {0}; you see why afterwards.', rejected.length);
  const picked = await pickMany(items, {
    title,
    placeHolder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.map(({ candidate }) => candidate);
}

/** `URL` writes the host in ASCII, so that a look-alike name is seen as what it is. */
function addressText({ baseUrl }: Candidate): string {
  return baseUrl === undefined ? l10n.t('no address: you are asked for it') : addressOf(baseUrl);
}

function detailText(candidate: Candidate): string {
  const { kind, credential = 'apiKey', sourceTitle, presentAs } = candidate;
  const title = kind === undefined ? undefined : gatewayOf(kind)?.title;
  const left =
    candidate.secret === undefined ? l10n.t('without its secret: you are asked for it') : undefined;
  const what = [title, credentialName(credential), left].filter(word => word !== undefined).join(' · ');
  return presentAs === undefined
    ? l10n.t('{0}, from {1}', what, sourceTitle)
    : l10n.t('{0}, from {1}; here already, as “{2}”', what, sourceTitle, presentAs);
}
