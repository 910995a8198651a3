import * as l10n from '@vscode/l10n';
import { addressOf, type BaseUrl } from '../../../../core/input/baseUrl.ts';
import type { Description } from '../../../../gateways/described/description.ts';
import { showWarning } from '../../../host/messages.ts';

/**
 * Shows what would be sent, to which host, and where in it the key goes. Returns whether the person agreed; no argument of
 * a command answers that.
 */
export async function confirmRequest(
  baseUrl: BaseUrl,
  { path, secretIn = 'bearer' }: Pick<Description, 'path' | 'secretIn'>,
): Promise<boolean> {
  const isInUrl = secretIn.startsWith('query ');
  const yes = isInUrl ? l10n.t('Put Key in URL') : l10n.t('Send');
  const detail = [
    l10n.t('GET {0}', `${baseUrl}${path}`),
    placeText(secretIn),
    ...(isInUrl ? [urlWarning(baseUrl)] : []),
    l10n.t('One request is sent. Nothing is saved yet.'),
  ].join('\n\n');
  const choice = await showWarning(
    l10n.t('Send the key to {0}?', new URL(baseUrl).host),
    { modal: true, detail },
    yes,
  );
  return choice === yes;
}

/** Asks whether the key may stand in the address of each request to a gateway that is described so. */
export async function askToStandInUrl(baseUrl: BaseUrl): Promise<boolean> {
  const yes = l10n.t('Put Key in URL');
  const choice = await showWarning(
    l10n.t('Send the key to {0} in the address of the request?', addressOf(baseUrl)),
    { modal: true, detail: urlWarning(baseUrl) },
    yes,
  );
  return choice === yes;
}

function urlWarning(baseUrl: BaseUrl): string {
  return l10n.t(
    'The key may then end up in the access logs of {0} and of any proxy that reads the traffic. Your consent is remembered until the secret is replaced or the key is removed.',
    new URL(baseUrl).host,
  );
}

/** Where in a request the key goes. */
export function placeText(secretIn: NonNullable<Description['secretIn']>): string {
  if (secretIn === 'bearer') return l10n.t('The key goes into the header Authorization, after “Bearer”.');
  if (secretIn === 'raw') return l10n.t('The key goes into the header Authorization, alone.');
  const [place, name = ''] = secretIn.split(' ');
  return place === 'header'
    ? l10n.t('The key goes into the header {0}.', name)
    : l10n.t('The key goes into the address, as “{0}”.', name);
}
