import * as l10n from '@vscode/l10n';
import { type Failure, isLasting } from '../core/quota/failure.ts';
import { describedFailureText } from './describedFailure.ts';
import { failureStatusText } from './failureStatus.ts';
import { areFiguresHidden, HIDDEN } from './hiddenFigures.ts';
import { joinSentences } from './joinSentences.ts';
import { networkFailureText } from './networkFailure.ts';
import { pauseText } from './pauseText.ts';
import { clockText } from './time.ts';

/** The key that a failure is about. */
export interface FailureSubject {
  readonly label: string;
  readonly baseUrl: string;
  /** The name of the server that told it, where the key is one of a server's. */
  readonly via?: string | undefined;
}

/**
 * A failure as sentences: what happened, to which key, and what to do next. Never holds a secret or a raw body:
 * `https://gw.example does not accept the key “Team”. Check that it was copied whole …`. `isPolled`: of a key's checks, which
 * are made again by themselves; what a person asked once is not.
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

/** What may be over at the next try. */
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

/** The same for what a key shows: of a paused one that was refreshed all the same, also what came of that. */
export function keyFailureText(
  failure: Failure,
  subject: FailureSubject,
  now: number,
  lastCheck?: Failure,
): string {
  const toldText = (told: Failure) =>
    l10n.t('The last check returned no figures: {0}.', failureStatusText(told));
  // What to do about it is to be done at the server.
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

/** Where nobody answers it is not about the key, which may not even have been asked for yet. */
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

function failureSentence(failure: Failure, label: string, baseUrl: string, now: number): string {
  switch (failure.reason) {
    case 'refused-key':
      return l10n.t(
        '{0} does not accept the key “{1}”. Check that it was copied whole and belongs to this gateway, then use Replace Secret.',
        baseUrl,
        label,
      );
    case 'secret-missing':
      return l10n.t(
        'The secret of “{0}” is not stored on this machine. Enter the key again with Replace Secret.',
        label,
      );
    case 'secret-unreadable':
      return l10n.t(
        'The secret of “{0}” could not be read from the system’s key ring. Unlock the key ring, or enter the key again with Replace Secret.',
        label,
      );
    case 'secret-unanswered':
      return l10n.t(
        'VS Code’s secret storage is not responding, so “{0}” cannot be checked. Checks continue as soon as it responds; unlock the system’s key ring, or reload the window.',
        label,
      );
    case 'secret-undecryptable':
      return l10n.t(
        'The secret of “{0}” can no longer be decrypted, and VS Code has removed it: the key ring was replaced or reset. Enter the key again with Replace Secret.',
        label,
      );
    case 'secret-forgotten':
      return l10n.t(
        'The secret of “{0}” was lost when VS Code was last closed: without a key ring, VS Code keeps secrets only in memory. Set up the system’s key ring (see “Troubleshooting keychain issues” in VS Code’s documentation), then use Replace Secret.',
        label,
      );
    case 'secret-dropped':
      return l10n.t(
        'The secret of “{0}” is gone: VS Code in a browser keeps one copy of all secrets per window, and the window that saves last wins. Close other windows while you add keys, then use Replace Secret.',
        label,
      );
    case 'wrong-credential':
      return l10n.t(
        '“{0}” has a different type of credential than this query needs. Remove it and add it again with the right type.',
        label,
      );
    case 'master-key':
      return l10n.t(
        '{0} let “{1}” in, but has no such virtual key: it is probably the master key of the proxy, which has no budget of its own. Remove it, and add a virtual key.',
        baseUrl,
        label,
      );
    case 'never-offered':
      return l10n.t('“{0}” belongs to {1}, a gateway of a kind that does not offer this.', label, baseUrl);
    case 'user-id-needed':
      return l10n.t(
        '{0} requires the numeric user ID with the access token of “{1}”, or got the wrong one. Find it in the gateway’s personal settings, then remove the key and add it again with that ID.',
        baseUrl,
        label,
      );
    case 'user-id-header':
      return l10n.t(
        '{0} requires the account’s user ID in a header that this version of Key Quota does not know, so the access token of “{1}” cannot be used. Add an API key of the account instead.',
        baseUrl,
        label,
      );
    case 'unknown-key':
      return l10n.t(
        '{0} does not know the key “{1}”. It may have been deleted; use Replace Secret with a new one.',
        baseUrl,
        label,
      );
    case 'used-up':
      return l10n.t('The quota of “{0}” is used up. Top it up at {1}.', label, baseUrl);
    case 'past-expiry':
      return l10n.t('“{0}” has expired. Renew it at {1}.', label, baseUrl);
    case 'key-disabled':
      return l10n.t('“{0}” is disabled at {1}. Enable it there, then refresh the key.', label, baseUrl);
    case 'forbidden':
      return l10n.t(
        '{0} does not allow “{1}” to do this. Check the key’s restrictions there (addresses, groups), then refresh the key.',
        baseUrl,
        label,
      );
    case 'scope-missing':
      return l10n.t(
        '{0} does not let “{1}” read this: its token lacks {2}. Grant it in the gateway’s personal settings, or use Replace Secret with a token that has it, then refresh the key.',
        baseUrl,
        label,
        failure.scope ?? l10n.t('a permission'),
      );
    case 'address-not-allowed':
      return l10n.t(
        '{0} does not let “{1}” be used from this machine’s network address. Add the address to the key’s allow-list there, or use a network that is on it.',
        baseUrl,
        label,
      );
    case 'banned':
      return l10n.t('{0} has banned the owner of “{1}”. Ask the gateway’s operator.', baseUrl, label);
    case 'too-many-requests':
      // That time may be later than the pause: a refusal can leave us less of what the gateway allows.
      return failure.until !== undefined && failure.until > now
        ? l10n.t(
            '{0} is limiting requests. “{1}” will be checked again automatically from {2} on.',
            baseUrl,
            label,
            clockText(failure.until, now),
          )
        : l10n.t('{0} is limiting requests. “{1}” will be checked again automatically.', baseUrl, label);
    case 'own-budget':
      return l10n.t('“{1}” is waiting for its turn, to leave calls to {0} for your own use.', baseUrl, label);
    case 'no-such-endpoint':
      return l10n.t(
        '{0} does not offer key usage the way this kind of gateway does. Check the address of “{1}” and its kind of gateway.',
        baseUrl,
        label,
      );
    case 'unknown-kind':
      return l10n.t(
        'This version of Key Quota does not support the gateway of “{0}”. Update the extension.',
        label,
      );
    case 'other-version':
      return l10n.t(
        '{0} answered for “{1}” in the format of another version of Key Quota. Update the extension or the server.',
        baseUrl,
        label,
      );
    case 'nothing-recorded':
      return l10n.t(
        '{0} does not report what “{1}” spent, and nothing has been recorded for that time yet. Keep the key here, and later ranges will have figures.',
        baseUrl,
        label,
      );
    case 'range-not-told':
      return l10n.t(
        '{0} does not report what “{1}” spent between two dates; Key Quota records it from its own readings.',
        baseUrl,
        label,
      );
    case 'checks-paused':
      if (failure.since === undefined)
        return l10n.t(
          'Checks of “{0}” are paused, so {1} is not asked. To continue, use Resume Key Checks.',
          label,
          baseUrl,
        );
      return l10n.t(
        'Checks of “{0}” have been paused since {1}, so {2} is not asked. To continue, use Resume Key Checks.',
        label,
        clockText(failure.since, now),
        baseUrl,
      );
    case 'edge-page':
      return l10n.t(
        'A protection page in front of {0} blocked “{1}”. If this keeps happening, ask the gateway’s operator to let API calls through.',
        baseUrl,
        label,
      );
    default:
      return describedFailureText(failure, label, baseUrl) ?? networkFailureText(failure, label, baseUrl);
  }
}
