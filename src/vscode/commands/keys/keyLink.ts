import * as l10n from '@vscode/l10n';
import type { IsPlainHttpAllowed } from '../../../core/input/origin.ts';
import type { Gateway } from '../../../gateways/gateway.ts';
import { parseGatewayAddress } from '../../../gateways/gatewayAddress.ts';
import { offeredGateways } from '../../../gateways/offeredGateways.ts';
import { containsSecret } from '../../../redaction/containsSecret.ts';
import { sanitizeLabel } from '../../../services/keys/sanitizeLabel.ts';
import { addressProblemText } from './keyFormTexts.ts';

/** What a link may fill into the Add Key form; the base URL is used only after the user has confirmed it. */
export interface KeyLink {
  readonly gateway?: Gateway;
  readonly baseUrl?: string;
  readonly label?: string;
}

/** The parts of a link as VS Code gives them. */
export interface LinkParts {
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const SECRET_NAME = /key|secret|token|pass|pwd|auth|cred|bearer/i;

/**
 * Parses `vscode://key-quota.key-quota/add?kind=…&origin=…&label=…`. A link that contains a secret is refused as a
 * whole, because whoever passed it on has seen that secret.
 * @throws a sentence for whatever is wrong.
 */
export function parseKeyLink(
  { path, query, fragment }: LinkParts,
  plainAllowed?: IsPlainHttpAllowed,
): KeyLink {
  if (path !== '/add') throw new Error(l10n.t('Key Quota does not know this link.'));
  const members = new URLSearchParams(query);
  const texts = [...members].flat();
  if ([...members.keys()].some(name => SECRET_NAME.test(name)) || [...texts, fragment].some(containsSecret)) {
    throw new Error(
      l10n.t(
        'This link contains a key, so it was not used: everyone who passed it on has seen that key. Replace the key at its gateway, and add the new one by hand.',
      ),
    );
  }
  const kind = members.get('kind') ?? '';
  const gateways = offeredGateways();
  const gateway = gateways.find(each => each.kind === kind);
  if (kind !== '' && !gateway) {
    throw new Error(l10n.t('“kind” must be one of: {0}', gateways.map(each => each.kind).join(', ')));
  }
  return {
    gateway,
    baseUrl: baseUrlFromLink(members.get('origin') ?? '', plainAllowed, gateway),
    label: sanitizeLabel(members.get('label') ?? '') || undefined,
  };
}

function baseUrlFromLink(
  text: string,
  plainAllowed: IsPlainHttpAllowed | undefined,
  gateway: Gateway | undefined,
): string | undefined {
  if (text === '') return undefined;
  const { baseUrl, problem } = parseGatewayAddress(text, plainAllowed, gateway);
  if (problem) throw new Error(addressProblemText(problem));
  return baseUrl;
}
