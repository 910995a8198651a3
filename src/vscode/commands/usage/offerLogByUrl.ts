import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../core/input/baseUrl.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { UsageReport } from '../../../core/usage/usageReport.ts';
import { gatewayOf } from '../../../gateways/registry.ts';
import type { UsageAnswers } from '../../../services/usage/askKeys.ts';
import { joinNames } from '../../../text/clauses.ts';
import { showWarning } from '../../host/messages.ts';
import type { CommandParts } from '../commandParts.ts';

/**
 * Some gateways show a key's log only for a key in the URL: asks whether the key may be put there. Returns whether the
 * user agreed, so that the gateway can be asked again. Only for a person who uses the form: commands by argument and
 * tools never ask or do this.
 */
export async function offerLogByUrl(
  parts: CommandParts,
  keys: readonly KeyRecord[],
  { reports }: UsageAnswers,
): Promise<boolean> {
  const keysToOffer: KeyRecord[] = [];
  for (const key of keys) {
    const report = reports.find(({ keyId }) => keyId === key.id);
    if (report && needsKeyInUrl(parts, key, report) && !(await parts.keyService.mayStandInUrl(key)))
      keysToOffer.push(key);
  }
  if (keysToOffer.length === 0) return false;
  const yes = l10n.t('Put Key in URL');
  const hosts = [...new Set(keysToOffer.map(({ baseUrl }) => addressOf(baseUrl)))];
  const choice = await showWarning(
    l10n.t(
      'Read the request log of {0} with the key in the URL?',
      joinNames(keysToOffer.map(({ label }) => label)),
    ),
    {
      modal: true,
      detail: l10n.t(
        'This version of the software at {0} shows a key’s request log only if the whole key is in the request URL. The key may then end up in the access logs of the gateway and of any proxy that reads the traffic. Your consent is remembered until the secret is replaced or the key is removed.',
        joinNames(hosts),
      ),
    },
    yes,
  );
  if (choice !== yes) return false;
  for (const key of keysToOffer) await parts.keyService.letStandInUrl(key);
  return true;
}

/** Whether the log came back empty from software that shows the log only for a key in the URL, not in the header. */
function needsKeyInUrl(
  { keyRequests }: CommandParts,
  { kind, credential, baseUrl }: KeyRecord,
  { coverage, others = [] }: UsageReport,
): boolean {
  if (credential !== 'apiKey' || !baseUrl.startsWith('https:')) return false;
  const isEmpty = [coverage, ...others.map(other => other.coverage)].some(
    ({ reason }) => reason === 'empty-log',
  );
  const site = keyRequests.siteOf(baseUrl);
  return isEmpty && gatewayOf(kind)?.needsKeyInUrl?.(site) === true;
}
