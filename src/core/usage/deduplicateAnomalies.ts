import type { Anomaly } from './anomalies.ts';
import type { UsageReport } from './usageReport.ts';

/** What was found in one report, and at which gateway. */
export interface ReportAnomalies {
  readonly report: UsageReport;
  readonly origin: string;
  readonly anomalies: readonly Anomaly[];
}

/**
 * Anomalies of several reports without those of an account that one of its keys tells as well: an account's spend is
 * that of its keys, and the key is the one to look at. Returns a list for each report.
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

/** Whether most of an account's anomaly is a key's. A key without spend is called differently here and there. */
function isSameAnomaly(ofAccount: Anomaly, ofKey: Anomaly): boolean {
  if (ofAccount.kind !== ofKey.kind) return false;
  if (ofAccount.kind === 'not-idle') return ofAccount.used === ofKey.used;
  return ofAccount.at === ofKey.at && ofKey.used * 2 >= ofAccount.used;
}
