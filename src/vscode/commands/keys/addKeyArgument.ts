import * as l10n from '@vscode/l10n';
import type { IsPlainHttpAllowed } from '../../../core/input/origin.ts';
import { parseOrigin } from '../../../core/input/parseOrigin.ts';
import { parseSecret } from '../../../core/input/parseSecret.ts';
import type { CredentialSpec, Gateway } from '../../../gateways/gateway.ts';
import { gatewayOf, gateways } from '../../../gateways/registry.ts';
import type { KeyDraft } from '../../../services/keys/keyService.ts';
import { labelProblem, originProblemText, secretProblemText, userIdProblem } from './keyFormTexts.ts';

/** A key from a command's argument. Throws a sentence for whatever is wrong; none quotes the secret. */
export function draftFromArgument(
  argument: Readonly<Record<string, unknown>>,
  plainAllowed?: IsPlainHttpAllowed,
): KeyDraft {
  const text = (name: string) => (typeof argument[name] === 'string' ? argument[name] : '');
  const gateway = gatewayOf(text('kind'));
  if (!gateway)
    throw new Error(l10n.t('“kind” has to be one of: {0}', gateways.map(({ kind }) => kind).join(', ')));
  const spec = credentialSpecFor(gateway, text('credential'));
  const { origin, problem } = parseOrigin(text('origin') || (spec.defaultOrigin ?? ''), plainAllowed);
  if (problem) throw new Error(originProblemText(problem));
  const parsed = parseSecret(text('secret'));
  if (parsed.problem) throw new Error(secretProblemText(parsed.problem));
  const label = text('label').trim() || new URL(origin).host;
  const userId = String(argument.userId ?? '').trim();
  const invalid = labelProblem(label) ?? userIdProblem(userId);
  if (invalid) throw new Error(invalid);
  return {
    label,
    kind: gateway.kind,
    origin,
    credential: spec.type,
    userId: userId || undefined,
    secret: parsed.secret,
  };
}

function credentialSpecFor(gateway: Gateway, type: string): CredentialSpec {
  const spec = type ? gateway.credentials.find(each => each.type === type) : gateway.credentials[0];
  if (spec) return spec;
  const types = gateway.credentials.map(each => each.type).join(', ');
  throw new Error(l10n.t('“credential” has to be one of: {0}', types));
}
