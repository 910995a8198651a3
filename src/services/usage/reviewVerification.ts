import * as l10n from '@vscode/l10n';
import { addressOf } from '../../core/input/baseUrl.ts';
import { checksPaused, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import { abilityFilter } from '../../gateways/abilityFilter.ts';
import { joinNames } from '../../text/clauses.ts';
import { failureText } from '../../text/failure.ts';
import type { Doubt } from '../../text/review/reviewContent.ts';
import { quotedDoubt } from '../../text/review/reviewDoubts.ts';
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
  /** Each test that failed or could not run. */
  readonly doubts: readonly Doubt[];
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
  const doubts: Doubt[] = [];
  for (const key of keys.filter(abilityFilter('verify'))) {
    if (key.pausedAt !== undefined) {
      doubts.push(quotedDoubt(key.label, failureText(checksPaused(key.pausedAt), key)));
      continue;
    }
    report(l10n.t('Verifying {0}', addressOf(key.baseUrl)));
    try {
      const order = { key, range: days };
      const result = await runVerification(parts.keyRequests, order, () => undefined, signal);
      texts.push(verificationReport(order, result, reviewer, parts.clock.now()).markdown);
      doubts.push(
        ...result.steps.flatMap(({ passed, name }) => (passed ? [] : [failedTest(key, stepTitle(name))])),
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      doubts.push(quotedDoubt(key.label, failureText(error.failure, key)));
    }
  }
  const untested = keys.filter(key => !abilityFilter('verify')(key));
  doubts.push(...untested.map(untestedKey));
  const none = `# ${l10n.t('Verification')}\n\n${l10n.t('None of these keys can be used for a smoke test.')}\n`;
  return { text: texts.length > 0 ? texts.join('\n') : none, doubts };
}

function failedTest({ label }: KeyRecord, title: string): Doubt {
  return {
    name: label,
    text: names => l10n.t('{0}: this test failed: “{1}”. See verification.md.', joinNames(names), title),
  };
}

function untestedKey({ label }: KeyRecord): Doubt {
  return {
    name: label,
    text: names =>
      l10n.t('Not tested against the gateway, because the key cannot be used for it: {0}.', joinNames(names)),
  };
}
