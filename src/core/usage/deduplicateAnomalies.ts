import type { Anomaly } from './anomalies.ts';
import type { UsageReport } from './usageReport.ts';

/** The anomalies of one report, and the base URL of its gateway. */
export interface ReportAnomalies {
  readonly report: UsageReport;
  readonly baseUrl: string;
  readonly anomalies: readonly Anomaly[];
}

/**
 * Removes from accounts' reports the anomalies that one of their keys' reports has as well: an account's
 * spend is that of its keys. Which account of a gateway a key belongs to is not told, but it is one alone, so
 * of several accounts with such an anomaly the nearest figure is its. Returns a list for each report, in
 * their order.
 */
export function deduplicateAnomalies(all: readonly ReportAnomalies[]): readonly (readonly Anomaly[])[] {
  const duplicates = new Set<Anomaly>();
  for (const { report, baseUrl, anomalies } of all) {
    if (report.scope.key === undefined) continue;
    for (const ofKey of anomalies) {
      const ofAccount = nearestOfAccounts(all, baseUrl, ofKey);
      if (ofAccount) duplicates.add(ofAccount);
    }
  }
  return all.map(({ anomalies }) => anomalies.filter(anomaly => !duplicates.has(anomaly)));
}

function nearestOfAccounts(
  all: readonly ReportAnomalies[],
  baseUrl: string,
  ofKey: Anomaly,
): Anomaly | undefined {
  const distance = (anomaly: Anomaly) => Math.abs(anomaly.used - ofKey.used);
  const [nearest] = all
    .filter(each => each.report.scope.account !== undefined && each.baseUrl === baseUrl)
    .flatMap(({ anomalies }) => anomalies.filter(anomaly => isSameAnomaly(anomaly, ofKey)))
    .sort((a, b) => distance(a) - distance(b));
  return nearest;
}

/**
 * Whether most of an account's anomaly is the key's; both are read at moments of their own, so the key's may
 * be the larger one. A key that should be idle has another name in the account's report, so there the amounts
 * are compared.
 */
function isSameAnomaly(ofAccount: Anomaly, ofKey: Anomaly): boolean {
  if (ofAccount.kind !== ofKey.kind) return false;
  if (ofAccount.kind === 'not-idle') return ofAccount.used === ofKey.used;
  return ofAccount.at === ofKey.at && ofKey.used * 2 >= ofAccount.used && ofAccount.used * 2 >= ofKey.used;
}
