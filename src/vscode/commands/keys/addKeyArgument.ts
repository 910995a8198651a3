import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { addressOf } from '../../../core/input/baseUrl.ts';
import type { IsPlainHttpAllowed } from '../../../core/input/origin.ts';
import { parseSecret } from '../../../core/input/parseSecret.ts';
import type { CredentialSpec } from '../../../gateways/credentialSpec.ts';
import type { Gateway } from '../../../gateways/gateway.ts';
import { parseGatewayAddress } from '../../../gateways/gatewayAddress.ts';
import { offeredGateways } from '../../../gateways/offeredGateways.ts';
import type { KeyDraft } from '../../../services/keys/keyDraft.ts';
import {
  type ArgumentSchema,
  type Members,
  textMember,
  textOrNumberMember,
  withErrorText,
} from '../argumentSchema.ts';
import { addressProblemText, labelProblem, secretProblemText, userIdProblem } from './keyFormTexts.ts';

/** The argument of `keyQuota.addKey`. */
export const addKeyArgument = {
  members: {
    label: textMember,
    kind: withErrorText(v.string(), kindRequired),
    origin: textMember,
    credential: textMember,
    userId: textOrNumberMember,
    secret: withErrorText(v.string(), () => secretProblemText('empty')),
  },
  requiresOneOf: ['secret'],
} as const satisfies ArgumentSchema;

/**
 * A key from the members of an argument.
 * @throws a sentence for whatever is wrong; none quotes the secret.
 */
export function draftFromMembers(
  members: Members<typeof addKeyArgument.members>,
  plainAllowed?: IsPlainHttpAllowed,
): KeyDraft {
  const gateway = offeredGateways().find(({ kind }) => kind === members.kind);
  if (!gateway) throw new Error(kindRequired());
  const spec = credentialSpecFor(gateway, members.credential);
  const address = members.origin || (spec.defaultOrigin ?? '');
  const { baseUrl, problem } = parseGatewayAddress(address, plainAllowed, gateway);
  if (problem) throw new Error(addressProblemText(problem));
  const parsed = parseSecret(members.secret ?? '', gateway.takesLogin);
  if (parsed.problem) throw new Error(secretProblemText(parsed.problem));
  const label = members.label?.trim() || addressOf(baseUrl);
  const userId = String(members.userId ?? '').trim();
  const invalid = labelProblem(label) ?? userIdProblem(userId);
  if (invalid) throw new Error(invalid);
  return {
    label,
    kind: gateway.kind,
    baseUrl,
    credential: spec.type,
    userId: userId || undefined,
    secret: parsed.secret,
  };
}

function kindRequired(): string {
  return l10n.t(
    '“kind” must be one of: {0}',
    offeredGateways()
      .map(({ kind }) => kind)
      .join(', '),
  );
}

function credentialSpecFor(gateway: Gateway, type: string | undefined): CredentialSpec {
  const spec = type ? gateway.credentials.find(each => each.type === type) : gateway.credentials[0];
  if (spec) return spec;
  const types = gateway.credentials.map(each => each.type).join(', ');
  throw new Error(l10n.t('“credential” must be one of: {0}', types));
}
