import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { addressOf } from '../../../core/input/baseUrl.ts';
import { GatewayError } from '../../../core/quota/failure.ts';
import { isDescribed } from '../../../gateways/described/described.ts';
import type { CredentialSpec, Gateway } from '../../../gateways/gateway.ts';
import { offeredGateways } from '../../../gateways/offeredGateways.ts';
import { failureText } from '../../../text/failure.ts';
import { pauseText } from '../../../text/pauseText.ts';
import { pickOne } from '../../host/forms.ts';
import { plainAllowedBy } from '../../host/gatewayRoutes.ts';
import { showWarning } from '../../host/messages.ts';
import { withProgressNotification } from '../../host/progress.ts';
import { shownItem } from '../../host/shownItem.ts';
import type { ShownItem } from '../../host/window.ts';
import type { CommandParts } from '../commandParts.ts';
import { askBaseUrl, credentialName } from './keyForm.ts';

/** Where a key is used: everything about a new key except its secret and label. */
export interface KeyDestination {
  readonly gateway: Gateway;
  readonly spec: CredentialSpec;
  readonly baseUrl: string;
}

/** Asks for gateway, credential and address. The address comes first when the user does not know the gateway. */
export async function askDestination(
  parts: CommandParts,
  title: string,
  given: Partial<Pick<KeyDestination, 'gateway' | 'baseUrl'>> = {},
): Promise<KeyDestination | 'describe' | undefined> {
  const choice = given.gateway ?? (given.baseUrl ? 'recognise' : await askGateway(title, true));
  if (choice === undefined || choice === 'describe') return choice;
  const byAddress = choice === 'recognise';
  const first = byAddress
    ? await askBaseUrlAndRecognise(parts, title, given.baseUrl)
    : { gateway: choice, baseUrl: given.baseUrl };
  if (!first || first === 'describe') return first;
  const spec = await askCredential(title, first.gateway);
  if (!spec) return undefined;
  const baseUrl =
    first.baseUrl ??
    (await askBaseUrl(title, spec.defaultOrigin ?? '', plainAllowedBy(parts.settings()), first.gateway));
  return baseUrl === undefined ? undefined : { gateway: first.gateway, spec, baseUrl };
}

async function askBaseUrlAndRecognise(
  parts: CommandParts,
  title: string,
  given: string | undefined,
): Promise<{ readonly gateway: Gateway; readonly baseUrl: string } | 'describe' | undefined> {
  const baseUrl = given ?? (await askBaseUrl(title, '', plainAllowedBy(parts.settings())));
  if (baseUrl === undefined) return undefined;
  const { hostname } = new URL(baseUrl);
  const ofHost = offeredGateways().find(({ hosts }) => hosts.includes(hostname));
  const gateway = ofHost ?? (await probeGateway(parts, baseUrl));
  if (typeof gateway === 'object') return { gateway, baseUrl };
  const why =
    gateway === 'not asked'
      ? l10n.t('{0}: which gateway is it?', title)
      : l10n.t('{0}: the gateway was not recognised', title);
  const chosen = await askGateway(why, false);
  if (chosen === 'describe') return chosen;
  return chosen && chosen !== 'recognise' ? { gateway: chosen, baseUrl } : undefined;
}

/** `not asked`: no gateway answered, or one asked for a pause, so nothing is known about its kind. */
async function probeGateway(
  { keyService }: CommandParts,
  baseUrl: string,
): Promise<Gateway | 'not asked' | undefined> {
  try {
    const recognized = await withProgressNotification(l10n.t('Looking at {0}…', baseUrl), () =>
      keyService.recognise(baseUrl),
    );
    return recognized?.gateway;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const { failure } = error;
    void showWarning(
      failure.reason === 'too-many-requests'
        ? pauseText(failure, baseUrl, Date.now())
        : failureText(failure, { label: addressOf(baseUrl), baseUrl }),
    );
    return 'not asked';
  }
}

async function askGateway(
  title: string,
  withRecognition: boolean,
): Promise<Gateway | 'recognise' | 'describe' | undefined> {
  const items: (ShownItem & { readonly gateway: Gateway | 'recognise' | 'describe' })[] =
    offeredGateways().map(gateway =>
      shownItem({ label: gateway.title, description: whereItStands(gateway), gateway }),
    );
  if (withRecognition) {
    items.unshift(
      shownItem({
        label: l10n.t('I don’t know: recognise it by its address'),
        iconPath: new vscode.ThemeIcon('search'),
        alwaysShow: true,
        gateway: 'recognise' as const,
      }),
    );
  }
  items.push(
    shownItem({
      label: l10n.t('Describe a gateway…'),
      iconPath: new vscode.ThemeIcon('edit'),
      alwaysShow: true,
      gateway: 'describe' as const,
    }),
  );
  const placeHolder = l10n.t('Which kind of gateway issued the key?');
  const picked = await pickOne(items, { title, placeHolder, ignoreFocusOut: true });
  return picked?.gateway;
}

function whereItStands({ kind, hosts: [host], isUndocumented }: Gateway): string {
  if (isUndocumented && host !== undefined) return l10n.t('{0}, not documented by its vendor', host);
  if (!isDescribed(kind)) return host ?? l10n.t('relays and self-hosted sites, One API too, at any address');
  return host === undefined ? l10n.t('described by you') : l10n.t('{0}, described by you', host);
}

async function askCredential(title: string, gateway: Gateway): Promise<CredentialSpec | undefined> {
  const [only, ...others] = gateway.credentials;
  if (others.length === 0) return only;
  const items = gateway.credentials.map(spec =>
    shownItem({
      label: credentialName(spec.type),
      detail: credentialDetail(spec),
      spec,
    }),
  );
  const placeHolder = l10n.t('What do you have?');
  const picked = await pickOne(items, { title, placeHolder, ignoreFocusOut: true });
  return picked?.spec;
}

/** What can be asked with a credential, from its abilities. */
function credentialDetail({ abilities }: CredentialSpec): string {
  const words = {
    quota: l10n.t('what is left on this key'),
    account: l10n.t('the account’s balance'),
    keyList: l10n.t('all keys of the account'),
    accountKey: undefined,
    rangeByKey: l10n.t('what this key spent between two dates'),
    rangeByAccount: l10n.t('what the account spent between two dates'),
    logs: l10n.t('the request log'),
    plans: l10n.t('the plans on offer'),
    verify: undefined,
    chat: undefined,
  } as const;
  return abilities
    .map(ability => words[ability])
    .filter(word => word !== undefined)
    .join(', ');
}
