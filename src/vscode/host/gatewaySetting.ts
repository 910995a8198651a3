import { membersOf } from '../../core/membersOf.ts';
import type { GatewaySettings } from '../../core/ports/settings.ts';
import { readSetting, writeSetting } from './settingValues.ts';

/** Writes one member of `keyQuota.gateways` for a base URL, and keeps all others as the user wrote them. */
export async function writeGatewaySetting<Name extends keyof GatewaySettings>(
  baseUrl: string,
  name: Name,
  value: NonNullable<GatewaySettings[Name]>,
): Promise<void> {
  const gateways = membersOf(readSetting('gateways'));
  await writeSetting('gateways', {
    ...gateways,
    [baseUrl]: { ...membersOf(gateways[baseUrl]), [name]: value },
  });
}
