import * as l10n from '@vscode/l10n';
import { checksPaused, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import { abilityFilter } from '../../gateways/abilityFilter.ts';
import { joinNames } from '../../text/clauses.ts';
import { failureText } from '../../text/failure.ts';
import type { AskParts } from './askKeys.ts';
import { stepTitle, verificationReport } from './verificationReport.ts';
import { runVerification } from './verifyGateway.ts';

interface VerificationOrder {
  readonly keys: readonly KeyRecord[];
  readonly range: Range;
  readonly reviewer: string;
}

interface VerificationTexts {
  readonly text: string;
  /** A sentence for each test that failed or could not run. */
  readonly failures: readonly string[];
}

/**
 * Runs the smoke tests of the gateways of all keys that allow it, and returns them as Markdown.
 * @throws the reason of `signal`, when it aborts.
 */
export async function verifyForReview(
  parts: Pick<AskParts, 'keyRequests' | 'clock'>,
  { keys, range, reviewer }: VerificationOrder,
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<VerificationTexts> {
  const days = { from: localDay(range.from), to: localDay(range.to) };
  const texts: string[] = [];
  const failures: string[] = [];
  for (const key of keys.filter(abilityFilter('verify'))) {
    if (key.pausedAt !== undefined) {
      failures.push(failureText(checksPaused(key.pausedAt), key));
      continue;
    }
    report(l10n.t('Verifying {0}', new URL(key.origin).host));
    try {
      const order = { key, range: days };
      const result = await runVerification(parts.keyRequests, order, () => undefined, signal);
      texts.push(verificationReport(order, result, reviewer, parts.clock.now()).markdown);
      failures.push(
        ...result.steps.flatMap(({ passed, name }) => (passed ? [] : [failedText(key, stepTitle(name))])),
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      failures.push(failureText(error.failure, key));
    }
  }
  const untested = keys.filter(key => !abilityFilter('verify')(key)).map(({ label }) => label);
  if (untested.length > 0) {
    failures.push(
      l10n.t(
        'Not tested against the gateway, because the key cannot be used for it: {0}.',
        joinNames(untested),
      ),
    );
  }
  const none = `# ${l10n.t('Verification')}\n\n${l10n.t('None of these keys could be put through a smoke test.')}\n`;
  return { text: texts.length > 0 ? texts.join('\n') : none, failures };
}

function failedText({ label }: KeyRecord, title: string): string {
  return l10n.t('{0}: this test failed: “{1}”. See verification.md.', label, title);
}
