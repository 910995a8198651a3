import * as l10n from '@vscode/l10n';
import { membersOf } from '../../../core/membersOf.ts';
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
import { completionMember, textMember } from '../argumentSchema.ts';
import type { Command } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { keyFromArgumentOrPick } from '../keys/pickKey.ts';
import { offerDocument } from '../offerDocument.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';
import { withFailureText } from '../withFailureText.ts';
import { rangeFromArgument, rangeMembers } from './rangeArgument.ts';

const MONTH_MS = 30 * DAY_MS;

/**
 * `keyQuota.verifyGateway`: the smoke test before figures are relied on. By argument
 * `{ key, from, to, reviewer, completion: { key, model } }` → `{ passed, steps, log, markdown }`; naming a
 * completion is the yes to what it costs.
 */
export const verifyGateway: Command = {
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['can-verify'], group: '1_check@3' }],
  argument: {
    members: { key: textMember, ...rangeMembers, reviewer: textMember, completion: completionMember },
    requiresOneOf: ['key'],
    textMeans: 'key',
  },
  run: async (parts, argument) => {
    const members = membersOf(argument);
    const key = await keyFromArgumentOrPick(
      parts,
      members.key ?? argument,
      l10n.t('Verify Gateway'),
      abilityFilter('verify'),
    );
    if (!key) return undefined;
    const byArgument = 'key' in members;
    const range = byArgument
      ? rangeFromArgument(members, parts.clock.now()).days
      : lastThirtyDays(parts.clock.now());
    const completion = byArgument
      ? completionFromArgument(parts, members.completion)
      : await askCompletion(parts, key);
    if (completion === 'cancelled') return undefined;
    const order = { key, range, completion };
    const result = await withFailureText(key, () => verifyWithProgress(parts, order));
    if (!result) return undefined;
    const verified = verificationReport(order, result, String(members.reviewer ?? ''), parts.clock.now());
    if (!byArgument)
      void offerDocument(
        verified.markdown,
        summary(verified),
        `verification-${localDay(parts.clock.now())}.md`,
      );
    return verified;
  },
};

function lastThirtyDays(now: number): DateRange {
  return { from: localDay(now - MONTH_MS), to: localDay(now) };
}

function completionFromArgument({ keyService }: CommandParts, argument: unknown): VerifyOrder['completion'] {
  const { key, model } = membersOf(argument);
  if (typeof key !== 'string' || typeof model !== 'string') return undefined;
  const record = keyService.findById(key);
  if (!record) throw new Error(l10n.t('There is no key with the id {0}.', key));
  return { key: record, model };
}

/** Offers the part that costs something, if there is a key to pay with. No answer is a no. */
async function askCompletion(
  { monitor, keyService }: CommandParts,
  { kind }: KeyRecord,
): Promise<VerifyOrder['completion'] | 'cancelled'> {
  const payer = monitor.snapshot.find(key => key.kind === kind && abilityFilter('chat')(key));
  const record = payer && keyService.findById(payer.id);
  if (!record) return undefined;
  const withCompletions = l10n.t('Spend and Test');
  const without = l10n.t('Test Without');
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
    prompt: l10n.t('Which model shall answer?'),
    value: payer.reading?.models?.[0] ?? '',
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? l10n.t('Enter the id of a model.') : undefined),
  });
  return model === undefined ? 'cancelled' : { key: record, model: model.trim() };
}

/** undefined when the user cancelled. */
function verifyWithProgress(
  { keyRequests }: CommandParts,
  order: VerifyOrder,
): Promise<VerifyResult | undefined> {
  const title = l10n.t('Verifying {0}', new URL(order.key.origin).host);
  return withCancellableProgress(title, (tell, signal) => runVerification(keyRequests, order, tell, signal));
}

function summary({ passed, steps }: VerificationReport): string {
  return passed
    ? l10n.t('All {0} steps passed.', steps.length)
    : l10n.t('{0} of {1} steps failed.', steps.filter(step => !step.passed).length, steps.length);
}
