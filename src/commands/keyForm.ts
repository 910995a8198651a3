import * as vscode from 'vscode';
import { gateways } from '../gateways/registry.ts';
import { type OriginProblem, parseOrigin } from '../http/origin.ts';
import { parseSecret, type SecretProblem } from '../http/secretText.ts';
import { t } from '../words/l10n.ts';

export const MAX_LABEL_LENGTH = 60;

/** What is wrong with an address, and how to put it right. */
export function originProblemText(problem: OriginProblem): string {
  switch (problem) {
    case 'empty':
      return t('Enter the gateway’s address, for example https://api.example.com');
    case 'not-a-url':
      return t('That is not an address. It looks like https://api.example.com');
    case 'not-http':
      return t('The address has to begin with https://');
    case 'with-password':
      return t('Leave user name and password out of the address.');
    case 'plain-http':
      return t(
        'Plain http would show the key to everyone on the way. Use https; http is for this machine only.',
      );
  }
}

/** What is wrong with a secret. Never quotes it. */
export function secretProblemText(problem: SecretProblem): string {
  switch (problem) {
    case 'empty':
      return t('Paste the API key.');
    case 'unprintable':
      return t(
        'The key contains spaces, line breaks or characters outside ASCII. Copy it again, the key alone.',
      );
    case 'too-long':
      return t('This is longer than any API key. Copy it again, the key alone.');
  }
}

export function labelProblem(label: string): string | undefined {
  if (label.trim() === '') return t('Give the key a name you will recognise.');
  return label.trim().length > MAX_LABEL_LENGTH ? t('At most {0} characters.', MAX_LABEL_LENGTH) : undefined;
}

/** Asks for the kind of gateway. */
export async function askKind(title: string): Promise<string | undefined> {
  const items = gateways.map(({ kind, title: label, usualOrigin: description }) => ({
    label,
    description,
    kindOfGateway: kind,
  }));
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { kindOfGateway: string }>(items, {
    title,
    placeHolder: t('Which kind of gateway issued the key?'),
    ignoreFocusOut: true,
  });
  return picked?.kindOfGateway;
}

/** Asks for the gateway's address and returns its origin. */
export async function askOrigin(title: string, value: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    value,
    prompt: t('The gateway’s address. A path such as /v1 is left out by itself.'),
    placeHolder: 'https://api.example.com',
    ignoreFocusOut: true,
    validateInput: input => {
      const { problem } = parseOrigin(input);
      return problem && originProblemText(problem);
    },
  });
  return text === undefined ? undefined : parseOrigin(text).origin;
}

/** Asks for the secret in a password box. */
export async function askSecret(title: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    password: true,
    prompt: t('The API key. It is kept in VS Code’s secret storage and sent to this gateway alone.'),
    ignoreFocusOut: true,
    validateInput: input => {
      const { problem } = parseSecret(input);
      return problem && secretProblemText(problem);
    },
  });
  return text === undefined ? undefined : parseSecret(text).secret;
}

/** Asks what to call the key. */
export async function askLabel(title: string, value: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    value,
    prompt: t('The name you will know the key by.'),
    ignoreFocusOut: true,
    validateInput: labelProblem,
  });
  return text?.trim();
}
