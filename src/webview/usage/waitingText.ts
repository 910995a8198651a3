import * as l10n from '@vscode/l10n';
import type { ShownUsage, UsageAnswer } from '../../core/panels/usageMessages.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { dateTimeText } from '../../text/time.ts';
import { scopeName } from '../../text/usage.ts';
import { namesText } from './coverageNotes.ts';

/**
 * Which keys could not be asked yet, and when they can: `Cline has to wait, … It is asked by itself at Jun 15, 2026,
 * 12:20 PM.` Undefined where none has to wait. Where several wait, only the first has its turn at that time.
 */
export function waitingText({
  answer,
  previous,
  waitsUntil,
}: Pick<ShownUsage, 'answer' | 'previous' | 'waitsUntil'>): string | undefined {
  const waiting = waitingReports(answer);
  const before = waitingReports(previous).filter(({ keyId }) => !waiting.some(each => each.keyId === keyId));
  const [first] = [...waiting, ...before].map(({ retryAt = '' }) => retryAt).sort();
  if (first === undefined) return undefined;
  const names = namesText([
    ...waiting.map(scopeName),
    ...before.map(report => l10n.t('{0} in the period before', scopeName(report))),
  ]);
  const isOne = waiting.length + before.length === 1;
  if (waitsUntil === undefined) {
    return isOne
      ? l10n.t(
          '{0} must wait, since the gateway allows only so many calls. It can be asked again at {1}.',
          names,
          dateTimeText(first),
        )
      : l10n.t(
          '{0} must wait, since a gateway allows only so many calls. They can be asked again from {1} on.',
          names,
          dateTimeText(first),
        );
  }
  return isOne
    ? l10n.t(
        '{0} must wait, since the gateway allows only so many calls. It will be asked automatically at {1}.',
        names,
        dateTimeText(waitsUntil),
      )
    : l10n.t(
        '{0} must wait, since a gateway allows only so many calls. They will be asked automatically from {1} on.',
        names,
        dateTimeText(waitsUntil),
      );
}

/** Reports of keys that could not be asked yet. */
function waitingReports(answer: UsageAnswer | undefined): readonly UsageReport[] {
  const { reports = [], missing = [] } = answer ?? {};
  return [...reports, ...missing].filter(({ retryAt }) => retryAt !== undefined);
}
