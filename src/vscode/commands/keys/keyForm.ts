import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { IsPlainHttpAllowed } from '../../../core/input/origin.ts';
import { parseSecret } from '../../../core/input/parseSecret.ts';
import { looksLikeOtherType } from '../../../core/input/secretText.ts';
import type { CredentialType } from '../../../core/quota/key.ts';
import type { Gateway } from '../../../gateways/gateway.ts';
import { parseGatewayAddress } from '../../../gateways/gatewayAddress.ts';
import { askText, type Remark, type TextQuestion } from '../../host/forms.ts';
import { addressProblemText, labelProblem, secretProblemText, userIdProblem } from './keyFormTexts.ts';

/** Asks for the gateway's address and returns its base URL. */
export async function askBaseUrl(
  title: string,
  value: string,
  plainAllowed: IsPlainHttpAllowed,
  gateway?: Gateway,
): Promise<string | undefined> {
  const text = await askText(addressQuestion(title, value, plainAllowed, gateway));
  return text === undefined ? undefined : parseGatewayAddress(text, plainAllowed, gateway).baseUrl;
}

/** The question for an address, which says at once what is wrong with it, or how it is understood. */
export function addressQuestion(
  title: string,
  value: string,
  plainAllowed: IsPlainHttpAllowed,
  gateway?: Gateway,
): TextQuestion {
  return {
    title,
    value,
    prompt: l10n.t('The gateway’s address. A path such as /v1 is left out automatically.'),
    placeHolder: 'https://api.example.com',
    ignoreFocusOut: true,
    validateInput: input => {
      const { baseUrl, problem } = parseGatewayAddress(input, plainAllowed, gateway);
      return problem ? addressProblemText(problem) : baseUrlRemark(input, baseUrl);
    },
  };
}

/** Shows which base URL is used, where more or less than that was entered. */
function baseUrlRemark(input: string, baseUrl: string): Remark | undefined {
  if (input.trim().replace(/\/$/, '').toLowerCase() === baseUrl.toLowerCase()) return undefined;
  return {
    message: l10n.t('Treated as {0}', baseUrl),
    severity: vscode.InputBoxValidationSeverity.Info,
  };
}

/**
 * Asks for the secret in a password box. A secret that looks like another credential gets a warning, but is accepted.
 */
export async function askSecret(
  title: string,
  type: CredentialType,
  value = '',
  problemOf: (secret: string) => string | undefined = () => undefined,
  takesLogin = false,
): Promise<string | undefined> {
  const prompt = l10n.t('It is kept in VS Code’s secret storage and sent only to this gateway.');
  const text = await askText(secretQuestion(title, [type], prompt, value, problemOf, takesLogin));
  return text === undefined ? undefined : parseSecret(text, takesLogin).secret;
}

/** The question for a secret of one of these types, which hides what is typed and says at once what is wrong with it. */
export function secretQuestion(
  title: string,
  types: readonly CredentialType[],
  prompt: string,
  value: string,
  problemOf: (secret: string) => string | undefined = () => undefined,
  takesLogin = false,
): TextQuestion {
  return {
    title,
    value,
    password: true,
    prompt,
    placeHolder: types.map(credentialName).join(' / '),
    ignoreFocusOut: true,
    validateInput: input => secretValidation(input, types, problemOf, takesLogin),
  };
}

function secretValidation(
  input: string,
  types: readonly CredentialType[],
  problemOf: (secret: string) => string | undefined,
  takesLogin: boolean,
): string | Remark | undefined {
  const { secret, problem } = parseSecret(input, takesLogin);
  if (problem) return secretProblemText(problem);
  const other = problemOf(secret);
  if (other !== undefined) return other;
  if (!types.every(type => looksLikeOtherType(secret, type)))
    return secret === input.trim() ? undefined : cleanedRemark();
  return {
    message: l10n.t(
      'This does not look like the credential “{0}”. Press Enter to continue anyway.',
      types.map(credentialName).join(' / '),
    ),
    severity: vscode.InputBoxValidationSeverity.Warning,
  };
}

/** Does not show the secret, since the box hides it. */
function cleanedRemark(): Remark {
  return {
    message: l10n.t('Only the key itself is used; the text around it is dropped.'),
    severity: vscode.InputBoxValidationSeverity.Info,
  };
}

/** The question for the account's numeric id; it may stay empty, because newer gateways do not need it. */
export function userIdQuestion(title: string, value: string): TextQuestion {
  return {
    title,
    value,
    prompt: l10n.t(
      'The account’s numeric user ID. Only gateways older than New API 1.0.0-rc.22 need it; otherwise leave it empty.',
    ),
    ignoreFocusOut: true,
    validateInput: userIdProblem,
  };
}

/** Asks for the key's name. */
export async function askLabel(title: string, value: string): Promise<string | undefined> {
  const text = await askText({
    title,
    value,
    prompt: l10n.t('A name by which you will recognize the key.'),
    ignoreFocusOut: true,
    validateInput: labelProblem,
  });
  return text?.trim();
}

/** The name of a credential type for people. */
export function credentialName(type: CredentialType): string {
  switch (type) {
    case 'apiKey':
      return l10n.t('API key');
    case 'queryKey':
      return l10n.t('API key for balance queries');
    case 'accessToken':
      return l10n.t('Access token of the account');
    case 'managementKey':
      return l10n.t('Management key');
  }
}
