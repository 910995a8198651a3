import * as l10n from '@vscode/l10n';
import type { Failure } from '../core/quota/failure.ts';
import { describedFailureText } from './describedFailure.ts';
import { networkFailureText } from './networkFailure.ts';
import { clockText } from './time.ts';

/** What happened to a key, by the failure's reason, and what to do next. `now` is in epoch milliseconds. */
export function failureSentence(failure: Failure, label: string, baseUrl: string, now: number): string {
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
