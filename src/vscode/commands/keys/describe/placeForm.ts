import * as l10n from '@vscode/l10n';
import { type BaseUrl, mountPathOf } from '../../../../core/input/baseUrl.ts';
import { type Description, isDescriptionName } from '../../../../gateways/described/description.ts';
import { SECRET_PLACES } from '../../../../gateways/described/descriptionParts.ts';
import { allDescriptions } from '../../../../gateways/described/descriptions.ts';
import { requestPathMistake } from '../../../../gateways/described/requestPath.ts';
import { mistakeText } from '../../../../text/descriptionMistake.ts';
import { askText, pickOne } from '../../../host/forms.ts';
import { plainAllowedBy } from '../../../host/gatewayRoutes.ts';
import { shownItem } from '../../../host/shownItem.ts';
import type { CommandParts } from '../../commandParts.ts';
import { askBaseUrl } from '../keyForm.ts';
import { placeText } from './confirmRequest.ts';

/** What is to be asked, where, and where the key goes. */
export interface Place extends Pick<Description, 'path' | 'secretIn'> {
  readonly name: string;
  readonly baseUrl: BaseUrl;
}

/** Asks for a name, the address, the path, and where the key goes. Nothing is sent. */
export async function askPlace(parts: CommandParts, title: string): Promise<Place | undefined> {
  const name = await askName(title);
  if (name === undefined) return undefined;
  const baseUrl = await askBaseUrl(title, '', plainAllowedBy(parts.settings()));
  if (baseUrl === undefined) return undefined;
  const path = await askPath(title, baseUrl);
  if (path === undefined) return undefined;
  const secretIn = await askSecretPlace(title, baseUrl);
  return secretIn && { name, baseUrl, path, secretIn };
}

async function askName(title: string): Promise<string | undefined> {
  const text = await askText({
    title,
    prompt: l10n.t('What to call the gateway.'),
    ignoreFocusOut: true,
    validateInput: nameProblem,
  });
  return text?.trim();
}

function nameProblem(text: string): string | undefined {
  const name = text.trim();
  if (!isDescriptionName(name)) return mistakeText({ mistake: 'bad-name' });
  return Object.hasOwn(allDescriptions(), name)
    ? l10n.t('There is a description “{0}” already, in the setting keyQuota.describedGateways.', name)
    : undefined;
}

async function askPath(title: string, baseUrl: BaseUrl): Promise<string | undefined> {
  const text = await askText({
    title,
    prompt: l10n.t('The path of the GET request that tells what is left, below {0}.', baseUrl),
    placeHolder: '/v1/usage',
    ignoreFocusOut: true,
    validateInput: input => {
      const path = input.trim();
      const mistake = requestPathMistake(path) ?? requestPathMistake(mountPathOf(baseUrl) + path);
      return mistake && mistakeText({ mistake });
    },
  });
  return text?.trim();
}

async function askSecretPlace(title: string, baseUrl: BaseUrl): Promise<Description['secretIn']> {
  // Over plain http, a key in the address would be readable by everyone on the way.
  const places = SECRET_PLACES.filter(place => baseUrl.startsWith('https:') || !place.startsWith('query '));
  const items = places.map(secretIn => shownItem({ label: secretIn, detail: placeText(secretIn), secretIn }));
  const placeHolder = l10n.t('Where does the key go?');
  return (await pickOne(items, { title, placeHolder, matchOnDetail: true, ignoreFocusOut: true }))?.secretIn;
}
