import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { addressOf } from '../../../core/input/baseUrl.ts';
import { isPaused } from '../../../core/quota/failure.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import { DAY_MS } from '../../../core/time.ts';
import { localDay } from '../../../core/usage/range.ts';
import { abilityFilter } from '../../../gateways/abilityFilter.ts';
import type { DateRange } from '../../../gateways/verification.ts';
import { type VerificationReport, verificationReport } from '../../../services/usage/verificationReport.ts';
import {
  runVerification,
  type VerifyOrder,
  type VerifyResult,
} from '../../../services/usage/verifyGateway.ts';
import { askText } from '../../host/forms.ts';
import { showInformation } from '../../host/messages.ts';
import { textMember, withErrorText } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { ableKeyFromIdOrPick, requireKey } from '../keys/pickKey.ts';
import { offerDocument } from '../offerDocument.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';
import { withFailureText } from '../withFailureText.ts';
import { rangeFromMembers, rangeMembers } from './rangeArgument.ts';

const MONTH_MS = 30 * DAY_MS;

const completionMember = withErrorText(v.strictObject({ key: v.string(), model: v.string() }), name =>
  l10n.t('“{0}” must contain “key”, the ID of a key, and “model”, and nothing else.', name),
);

/**
 * `keyQuota.verifyGateway`: tests whether a gateway's figures can be relied on. By argument `{ key, from, to, reviewer,
 * completion: { key, model } }` → `{ passed, steps, log, markdown }`; a `completion` in it confirms its cost.
 */
export const verifyGateway = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['can-verify'], group: '1_check@3' }],
  argument: {
    members: { key: textMember, ...rangeMembers, reviewer: textMember, completion: completionMember },
    requiresOneOf: ['key'],
    textMeans: 'key',
    fromLine: { key: 'keyId' },
  },
  run: async (parts, { members, isObject }) => {
    const key = await ableKeyFromIdOrPick(parts, members.key, l10n.t('Verify Gateway'), 'verify');
    if (!key) return undefined;
    const range = isObject
      ? rangeFromMembers(members, parts.clock.now()).days
      : lastThirtyDays(parts.clock.now());
    const completion = isObject
      ? completionFromMember(parts, members.completion)
      : await askCompletion(parts, key);
    if (completion === 'cancelled') return undefined;
    const order = { key, range, completion };
    const result = await withFailureText(key, () => verifyWithProgress(parts, order));
    if (!result) return undefined;
    const verified = verificationReport(order, result, members.reviewer ?? '', parts.clock.now());
    if (!isObject)
      void offerDocument(
        verified.markdown,
        summary(verified),
        `verification-${localDay(parts.clock.now())}.md`,
      );
    return verified;
  },
});

function lastThirtyDays(now: number): DateRange {
  return { from: localDay(now - MONTH_MS), to: localDay(now) };
}

function completionFromMember(
  { keyService }: CommandParts,
  completion: v.InferOutput<typeof completionMember> | undefined,
): VerifyOrder['completion'] {
  if (!completion) return undefined;
  const { key, model } = completion;
  return { key: requireKey(keyService.findById(key), key), model };
}

/**
 * Offers the part of the test that costs something, if there is a key for it. Closing the question cancels the test.
 */
async function askCompletion(
  { monitor, keyService }: CommandParts,
  { kind }: KeyRecord,
): Promise<VerifyOrder['completion'] | 'cancelled'> {
  const payer = monitor.snapshot.find(
    key => key.kind === kind && abilityFilter('chat')(key) && !isPaused(key),
  );
  const record = payer && keyService.findById(payer.id);
  if (!record) return undefined;
  const withCompletions = l10n.t('Spend and Test');
  const without = l10n.t('Test Without Spending');
  const choice = await showInformation(
    l10n.t('Include two completions in the test?'),
    {
      modal: true,
      detail: l10n.t(
        'One plain and one streamed request with “{0}”, each about 20 tokens at the model’s price. Everything else in the test costs nothing.',
        record.label,
      ),
    },
    withCompletions,
    without,
  );
  if (choice === undefined) return 'cancelled';
  if (choice === without) return undefined;
  const model = await askText({
    title: l10n.t('Verify Gateway'),
    prompt: l10n.t('Which model should answer?'),
    value: payer.reading?.models?.[0] ?? '',
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? l10n.t('Enter the ID of a model.') : undefined),
  });
  return model === undefined ? 'cancelled' : { key: record, model: model.trim() };
}

/** undefined when the user cancelled. */
function verifyWithProgress(
  { keyRequests }: CommandParts,
  order: VerifyOrder,
): Promise<VerifyResult | undefined> {
  const title = l10n.t('Verifying {0}', addressOf(order.key.baseUrl));
  return withCancellableProgress(title, (tell, signal) => runVerification(keyRequests, order, tell, signal));
}

function summary({ passed, steps }: VerificationReport): string {
  return passed
    ? l10n.t('All {0} steps passed.', steps.length)
    : l10n.t('{0} of {1} steps failed.', steps.filter(step => !step.passed).length, steps.length);
}
