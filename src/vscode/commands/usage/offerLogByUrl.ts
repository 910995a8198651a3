import * as l10n from '@vscode/l10n';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { UsageReport } from '../../../core/usage/usageReport.ts';
import { gatewayOf } from '../../../gateways/registry.ts';
import type { UsageAnswers } from '../../../services/usage/askKeys.ts';
import { joinNames } from '../../../text/clauses.ts';
import { showWarning } from '../../host/messages.ts';
import type { CommandParts } from '../commandParts.ts';

/**
 * Where a gateway shows a key's log for the key in the URL alone: asks whether it may stand there. Returns
 * whether somebody said yes, so that it is worth asking the gateway again. Only for a person at the form: by argument,
 * through a tool or by itself nothing of the kind is asked or done.
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
  const yes = l10n.t('Put It in the URL');
  const hosts = [...new Set(keysToOffer.map(({ origin }) => new URL(origin).host))];
  const choice = await showWarning(
    l10n.t('Read the log of {0} with the key in the URL?', joinNames(keysToOffer.map(({ label }) => label))),
    {
      modal: true,
      detail: l10n.t(
        'This version of the software at {0} shows the log of a key only where the whole key stands in the URL that is asked. The key may then be written into the access logs of the gateway, and of every proxy that reads the traffic. Your yes is remembered until the secret is replaced or the key removed.',
        joinNames(hosts),
      ),
    },
    yes,
  );
  if (choice !== yes) return false;
  for (const key of keysToOffer) await parts.keyService.letStandInUrl(key);
  return true;
}

/** Whether the log was shown empty, as it is for a key in the header, by software that reads it from the URL. */
function needsKeyInUrl(
  { keyRequests }: CommandParts,
  { kind, credential, origin }: KeyRecord,
  { coverage, others = [] }: UsageReport,
): boolean {
  if (credential !== 'apiKey' || !origin.startsWith('https:')) return false;
  const isEmpty = [coverage, ...others.map(other => other.coverage)].some(
    ({ reason }) => reason === 'empty-log',
  );
  const site = keyRequests.siteOf(origin);
  return isEmpty && gatewayOf(kind)?.needsKeyInUrl?.(site) === true;
}
