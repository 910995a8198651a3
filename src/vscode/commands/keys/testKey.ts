import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../core/input/baseUrl.ts';
import { byLooksOfPrice } from '../../../core/quota/cheapModels.ts';
import { type Failure, GatewayError } from '../../../core/quota/failure.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import { listModels, sendTestCall, type TestAnswer } from '../../../gateways/testCall.ts';
import { countText } from '../../../text/amount.ts';
import { failureText, gatewayWordsText } from '../../../text/failure.ts';
import { joinSentences } from '../../../text/joinSentences.ts';
import { showInformation, showWarning } from '../../host/messages.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';
import { askModelName } from './askModelName.ts';
import { keyArgument } from './keyArgument.ts';
import { ableKeyFromIdOrPick } from './pickKey.ts';

/**
 * `keyQuota.testKey`: one smallest call to a model with a key, as programs make them, after a question that no argument
 * answers: it costs money. Says how long it took and what came back, or in words why it was refused.
 */
export const testKey = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['can-testCall'], group: '1_check@8' }],
  argument: keyArgument,
  run: async (parts, { members }) => {
    const title = l10n.t('Test Key');
    const key = await ableKeyFromIdOrPick(parts, members.id, title, 'testCall');
    if (!key) return;
    const names = await modelsOf(parts, key);
    const placeholder = l10n.t(
      'Which model should answer? Choose or type one; those that look cheapest come first',
    );
    const model =
      names &&
      (await askModelName(
        title,
        placeholder,
        byLooksOfPrice(names).map(name => ({ name })),
      ));
    if (model === undefined || !(await isAgreed(key, model))) return;
    const told = await withCancellableProgress(
      l10n.t('Asking {0}…', addressOf(key.baseUrl)),
      (_tell, signal) => call(parts, key, model, signal),
    );
    if (!told) return;
    if ('failure' in told) void showWarning(refusalText(told.failure, key));
    else void showInformation(answerText(told, key, model));
  },
});

/**
 * The models that the key is limited to, else those that its gateway lists; none where it lists none. Undefined where
 * it was cancelled.
 */
async function modelsOf(parts: CommandParts, key: KeyRecord): Promise<readonly string[] | undefined> {
  const limited = parts.monitor.snapshot.find(({ id }) => id === key.id)?.reading?.models;
  if (limited && limited.length > 0) return limited;
  return withCancellableProgress(
    l10n.t('Asking for the models of “{0}”…', key.label),
    async (_tell, signal) => {
      try {
        return await parts.keyRequests.run(key, 'testCall', listModels, signal);
      } catch (error) {
        // A name can be typed.
        if (error instanceof GatewayError) return [];
        throw error;
      }
    },
  );
}

async function isAgreed(key: KeyRecord, model: string): Promise<boolean> {
  const send = l10n.t('Send');
  const question = l10n.t('Send a test call with “{0}”?', key.label);
  const detail = l10n.t(
    'It goes to {0} and asks the model “{1}” to answer with one token. It costs about ten tokens at the price of that model, which count as spend of this key.',
    key.baseUrl,
    model,
  );
  return (await showInformation(question, { modal: true, detail }, send)) === send;
}

async function call(
  { keyRequests }: CommandParts,
  key: KeyRecord,
  model: string,
  signal: AbortSignal,
): Promise<TestAnswer | { readonly failure: Failure }> {
  try {
    return await keyRequests.run(
      key,
      'testCall',
      (gateway, context) => sendTestCall(gateway, context, model),
      signal,
    );
  } catch (error) {
    if (error instanceof GatewayError) return { failure: error.failure };
    throw error;
  }
}

function answerText({ latencyMs, words }: TestAnswer, { label }: KeyRecord, model: string): string {
  const time = l10n.t('{0} ms', countText(latencyMs));
  return words === undefined
    ? l10n.t('“{0}” works: {1} answered in {2}.', label, model, time)
    : l10n.t('“{0}” works: {1} answered in {2}: “{3}”', label, model, time, words);
}

/** Refusals that say nothing about the key itself are about the call, mostly about the model. */
function refusalText(failure: Failure, key: KeyRecord): string {
  const { reason, status, words } = failure;
  switch (reason) {
    case 'too-many-requests':
      return joinSentences(
        l10n.t(
          '{0} or its model is busy (HTTP {1}). Try again later.',
          addressOf(key.baseUrl),
          status ?? 429,
        ),
        gatewayWordsText(words),
      );
    case 'forbidden':
    case 'unknown-refusal':
    case 'refused-request':
    case 'no-such-endpoint':
    case 'server-error':
      return joinSentences(
        l10n.t(
          '{0} refused the test call with “{1}” (HTTP {2}). Try another model, or check the key there.',
          addressOf(key.baseUrl),
          key.label,
          status ?? '–',
        ),
        gatewayWordsText(words),
      );
    default:
      return failureText(failure, key);
  }
}
