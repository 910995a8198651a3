import type { Anomaly } from './anomalies.ts';
import type { UsageReport } from './usageReport.ts';

/** The anomalies of one report, and the origin of its gateway. */
export interface ReportAnomalies {
  readonly report: UsageReport;
  readonly origin: string;
  readonly anomalies: readonly Anomaly[];
}

/**
 * Removes from accounts' reports the anomalies that one of their keys' reports has as well: an account's
 * spend is that of its keys. Returns a list for each report, in their order.
 */
export function deduplicateAnomalies(all: readonly ReportAnomalies[]): readonly (readonly Anomaly[])[] {
  return all.map(({ report, origin, anomalies }) => {
    if (report.scope.account === undefined) return anomalies;
    const ofKeys = all.flatMap(each =>
      each.report.scope.key !== undefined && each.origin === origin ? each.anomalies : [],
    );
    return anomalies.filter(anomaly => !ofKeys.some(other => isSameAnomaly(anomaly, other)));
  });
}

/**
 * Whether most of an account's anomaly is the key's. A key that should be idle has another name in the
 * account's report, so there the amounts are compared.
 */
function isSameAnomaly(ofAccount: Anomaly, ofKey: Anomaly): boolean {
  if (ofAccount.kind !== ofKey.kind) return false;
  if (ofAccount.kind === 'not-idle') return ofAccount.used === ofKey.used;
  return ofAccount.at === ofKey.at && ofKey.used * 2 >= ofAccount.used;
}
