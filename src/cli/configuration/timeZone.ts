import type { Findings } from './findings.ts';

/** Says where `TZ` names no time zone: days and months would begin by UTC without a word. */
export function checkTimeZone(findings: Findings): void {
  const { TZ = '' } = findings.places.environment;
  if (TZ === '' || /^:?(?:utc|gmt)/i.test(TZ)) return;
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions() as { timeZone?: string };
  if (timeZone === undefined || timeZone === 'Etc/Unknown')
    findings.doubtful(
      ['TZ'],
      'No such time zone is known here, so days and months begin by UTC. It is written as Europe/Berlin.',
    );
}
