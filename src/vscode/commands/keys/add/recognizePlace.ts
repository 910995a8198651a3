import * as l10n from '@vscode/l10n';
import { GatewayError } from '../../../../core/quota/failure.ts';
import type { Gateway } from '../../../../gateways/gateway.ts';
import { offeredGateways } from '../../../../gateways/offeredGateways.ts';
import type { Recognition } from '../../../../gateways/recognizeGateway.ts';
import { gatewaysOfSecret } from '../../../../services/keys/gatewaysOfSecret.ts';
import { newKeyFailureText } from '../../../../text/failure.ts';
import type { Answer } from '../../../host/formSteps.ts';
import { showWarning } from '../../../host/messages.ts';
import { withProgressNotification } from '../../../host/progress.ts';
import type { CommandParts } from '../../commandParts.ts';
import { askKind } from './kindForm.ts';
import type { KeyPlace } from './newKey.ts';

/** What is known of a new key when its gateway is looked for. */
interface KnownOfNewKey {
  readonly baseUrl: string;
  readonly secret?: string;
  /** The kind that the pasted record names. */
  readonly told?: Gateway;
}

/**
 * Finds the kind of gateway at an address: by the host, by other keys at the same address, by public pages, by the form of
 * the key, else by asking the person. The key itself is sent to nobody.
 */
export async function recognizePlace(
  parts: CommandParts,
  title: string,
  { baseUrl, secret = '', told }: KnownOfNewKey,
): Promise<Answer<KeyPlace | 'describe'>> {
  if (told) return { gateway: told, baseUrl, by: 'person' };
  const { hostname } = new URL(baseUrl);
  const ofHost = offeredGateways().find(({ hosts }) => hosts.includes(hostname));
  if (ofHost) return { gateway: ofHost, baseUrl, by: 'address' };
  const ofOtherKeys = kindOfOtherKeys(parts, baseUrl);
  if (ofOtherKeys) return { gateway: ofOtherKeys, baseUrl, by: 'list' };
  const recognized = await askPages(parts, baseUrl);
  if (typeof recognized === 'object')
    return { gateway: recognized.gateway, baseUrl, by: 'page', page: recognized.page };
  const [ofSecret, ...others] = gatewaysOfSecret(secret, offeredGateways());
  if (ofSecret && others.length === 0) return { gateway: ofSecret, baseUrl, by: 'secret' };
  const why =
    recognized === 'not asked'
      ? l10n.t('{0}: which gateway is it?', title)
      : l10n.t('{0}: the gateway was not recognized', title);
  const chosen = await askKind(why);
  return typeof chosen === 'object' ? { gateway: chosen, baseUrl, by: 'person' } : chosen;
}

function kindOfOtherKeys({ keyService }: CommandParts, baseUrl: string): Gateway | undefined {
  const other = [...keyService.keysById().values()].find(key => key.baseUrl === baseUrl);
  return other && offeredGateways().find(({ kind }) => kind === other.kind);
}

/** `not asked`: no gateway answered, or one asked for a pause, so nothing is known about its kind. */
async function askPages(
  { keyService }: CommandParts,
  baseUrl: string,
): Promise<Recognition | 'not asked' | undefined> {
  try {
    return await withProgressNotification(l10n.t('Looking at {0}…', baseUrl), () =>
      keyService.recognize(baseUrl),
    );
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const { failure } = error;
    void showWarning(newKeyFailureText(failure, baseUrl));
    return 'not asked';
  }
}
