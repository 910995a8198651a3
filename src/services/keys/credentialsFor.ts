import { detectSecretType, expectedSecretType } from '../../core/input/secretText.ts';
import type { CredentialSpec } from '../../gateways/credentialSpec.ts';
import type { Gateway } from '../../gateways/gateway.ts';

/** The credentials that are used at an address of a kind: those that belong only there, else all. */
export function credentialsAt({ credentials }: Gateway, baseUrl: string): readonly CredentialSpec[] {
  const own = credentials.filter(({ defaultOrigin }) => defaultOrigin === baseUrl);
  return own.length > 0 ? own : credentials;
}

/**
 * Which of the credentials at an address a secret can be, by its form; all of them where the form tells nothing, so that a
 * person has to say.
 */
export function credentialsFor(gateway: Gateway, baseUrl: string, secret: string): readonly CredentialSpec[] {
  const possible = credentialsAt(gateway, baseUrl);
  const type = detectSecretType(secret);
  const fitting = possible.filter(spec => expectedSecretType(spec.type) === type);
  return fitting.length > 0 ? fitting : possible;
}
