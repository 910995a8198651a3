import * as l10n from '@vscode/l10n';
import { type Failure, isLasting } from '../core/quota/failure.ts';
import { failureSentence } from './failureSentence.ts';
import { failureStatusText } from './failureStatus.ts';
import { areFiguresHidden, HIDDEN } from './hiddenFigures.ts';
import { joinSentences } from './joinSentences.ts';
import { pauseText } from './pauseText.ts';

/** The key that a failure is about. */
export interface FailureSubject {
  readonly label: string;
  readonly baseUrl: string;
  /** The name of the server that told it, where the key is one of a server's. */
  readonly via?: string | undefined;
}

/**
 * A failure as sentences: what happened, to which key, and what to do next. Never holds a secret or a raw body:
 * `https://gw.example does not accept the key “Team”. Check that it was copied whole …`. `isPolled`: the failure is of
 * a check, which is repeated automatically, and not of a person's single question.
 */
export function failureText(
  failure: Failure,
  { label, baseUrl }: FailureSubject,
  now = Date.now(),
  isPolled = false,
): string {
  const again = isPolled ? l10n.t('Retrying automatically.') : l10n.t('Try again later.');
  const sentence = failureSentence(failure, label, baseUrl, now);
  return withGatewayMessage(
    failure,
    joinSentences(sentence, MAY_PASS.has(failure.reason) ? again : undefined),
  );
}

/** Failures that may be gone at the next try. */
const MAY_PASS: ReadonlySet<string> = new Set([
  'offline',
  'connection-broken',
  'timeout',
  'server-error',
  'unknown-refusal',
  'doubted-refusal',
  'other-page',
  'edge-page',
  'proxy-login-unread',
]);

/** The failure as a key shows it; for a paused key that was refreshed nevertheless, with the result of that. */
export function keyFailureText(
  failure: Failure,
  subject: FailureSubject,
  now: number,
  lastCheck?: Failure,
): string {
  const toldText = (told: Failure) =>
    l10n.t('The last check returned no figures: {0}.', failureStatusText(told));
  // The remedy is at the server.
  if (subject.via !== undefined && failure.reason !== 'checks-paused')
    return isLasting(failure)
      ? l10n.t(
          '“{0}” says of its key “{1}”: {2}. Change it there.',
          subject.via,
          subject.label,
          failureStatusText(failure),
        )
      : toldText(failure);
  const text = failureText(failure, subject, now, true);
  if (failure.reason !== 'checks-paused' || !lastCheck) return text;
  return joinSentences(text, toldText(lastCheck));
}

/** The failure of a key that is being added: it has no label yet, and no stored secret to replace. */
export function newKeyFailureText(failure: Failure, baseUrl: string, now = Date.now()): string {
  // Nothing checks a key again by itself before it is added.
  if (failure.reason === 'too-many-requests') return pauseText(failure, baseUrl, now);
  if (NOT_REACHED.has(failure.reason))
    return l10n.t(
      '{0} does not answer. Check the address and port, your network, and whether the gateway is running.',
      baseUrl,
    );
  if (failure.reason !== 'refused-key' && failure.reason !== 'unknown-key') {
    return failureText(failure, { label: l10n.t('new key'), baseUrl });
  }
  return withGatewayMessage(
    failure,
    l10n.t(
      '{0} does not accept this key. Check that it was copied whole and belongs to this gateway.',
      baseUrl,
    ),
  );
}

/** Failures without an answer say nothing about the key, which may not even have been entered yet. */
const NOT_REACHED: ReadonlySet<string> = new Set([
  'offline',
  'host-not-found',
  'connection-refused',
  'connection-broken',
  'timeout',
]);

/** What the gateway said, as a sentence. It may name amounts, which are hidden as all others are. */
export function gatewayWordsText(words: string | undefined): string | undefined {
  const shown = areFiguresHidden() ? words?.replace(/\d+(?:[.,]\d+)*/g, HIDDEN) : words;
  return shown && l10n.t('The gateway says: “{0}”', shown);
}

function withGatewayMessage({ words, maybeAnother }: Failure, sentence: string): string {
  return joinSentences(
    sentence,
    maybeAnother && l10n.t('It may also be a different type of credential than the one it was added as.'),
    gatewayWordsText(words),
  );
}
