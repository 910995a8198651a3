import { setDescriptions } from '../../gateways/described/descriptions.ts';
import { readSetting } from './settingValues.ts';

/** Takes in what the setting `keyQuota.describedGateways` says of gateways; parsed when one of them is asked. */
export function applyDescriptions(): void {
  setDescriptions(readSetting('describedGateways'));
}
