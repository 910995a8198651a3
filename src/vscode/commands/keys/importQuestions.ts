import * as l10n from '@vscode/l10n';
import { canBeListedAs } from '../../../core/input/listedSecret.ts';
import { parseGatewayAddress } from '../../../gateways/gatewayAddress.ts';
import { gatewayOf } from '../../../gateways/registry.ts';
import type { ChosenCandidate } from '../../../services/importing/addCandidates.ts';
import type { Candidate } from '../../../services/importing/candidate.ts';
import { plainAllowedBy } from '../../host/gatewayRoutes.ts';
import type { CommandParts } from '../commandParts.ts';
import { askBaseUrl, askSecret } from './keyForm.ts';

/** Asks for what the records of the ticked keys leave out; undefined when one question was closed. */
export async function askWhatIsMissing(
  parts: CommandParts,
  title: string,
  ticked: readonly Candidate[],
): Promise<readonly ChosenCandidate[] | undefined> {
  const chosen: ChosenCandidate[] = [];
  for (const candidate of ticked) {
    const complete = await askMissingParts(parts, title, candidate);
    if (!complete) return undefined;
    chosen.push(complete);
  }
  return chosen;
}

async function askMissingParts(
  parts: CommandParts,
  title: string,
  candidate: Candidate,
): Promise<ChosenCandidate | undefined> {
  const { label, credential = 'apiKey', suggestedAddress = '' } = candidate;
  const allowed = plainAllowedBy(parts.settings());
  const suggested = parseGatewayAddress(suggestedAddress, allowed).baseUrl ?? '';
  const addressTitle = l10n.t('{0}: the address of “{1}”', title, label);
  const baseUrl = candidate.baseUrl ?? (await askBaseUrl(addressTitle, suggested, allowed));
  if (baseUrl === undefined) return undefined;
  const secretTitle = l10n.t('{0}: the secret of “{1}”', title, label);
  if (candidate.secret !== undefined) return { ...candidate, baseUrl, secret: candidate.secret };
  const secret = await askSecret(
    secretTitle,
    credential,
    '',
    typed => otherKeyText(candidate, typed),
    gatewayOf(candidate.kind ?? '')?.takesLogin,
  );
  return secret === undefined ? undefined : { ...candidate, baseUrl, secret, isTyped: true };
}

/** The problem of a secret that does not fit the masked one in the list. */
function otherKeyText({ maskedAs }: Candidate, secret: string): string | undefined {
  return maskedAs === undefined || canBeListedAs(secret, maskedAs)
    ? undefined
    : l10n.t('This is another key: the list has {0}.', maskedAs);
}
