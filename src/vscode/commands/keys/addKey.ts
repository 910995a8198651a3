import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../core/input/baseUrl.ts';
import { lazyImport } from '../../../core/lazyImport.ts';
import { isDescribed } from '../../../gateways/described/described.ts';
import type { KeyDraft } from '../../../services/keys/keyService.ts';
import type { Outcome } from '../../../services/polling/check.ts';
import { newKeyFailureText } from '../../../text/failure.ts';
import { plainAllowedBy } from '../../host/gatewayRoutes.ts';
import { showInformation, showWarning } from '../../host/messages.ts';
import { withProgressNotification } from '../../host/progress.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { addKeyArgument, draftFromMembers } from './addKeyArgument.ts';
import { askToStandInUrl } from './describe/confirmRequest.ts';
import { askDestination, type KeyDestination } from './gatewayForm.ts';
import { askLabel, askSecret, askUserId } from './keyForm.ts';
import type { KeyLink } from './keyLink.ts';

/** `keyQuota.addKey`: by argument `{ label, kind, base URL, secret }` → `{ id }`, else by a form. */
export const addKey = defineCommand({
  palette: 'always',
  icon: 'add',
  menus: [{ menu: 'view/title', group: 'navigation@1' }],
  argument: addKeyArgument,
  run: async (parts, { members, isObject }) => {
    if (!isObject) return addKeyByForm(parts);
    const draft = draftFromMembers(members, plainAllowedBy(parts.settings()));
    const duplicate = parts.keyService.duplicateOf(draft);
    if (!duplicate) return { id: await parts.keyService.add(draft) };
    await parts.keyService.restoreSecret(duplicate, draft.secret);
    return { id: duplicate.id };
  },
});

/** Asks for everything that `given` does not say. */
export async function addKeyByForm(
  parts: CommandParts,
  given: KeyLink = {},
): Promise<{ id: string } | undefined> {
  const title = l10n.t('Add Key');
  const place = await askDestination(parts, title, given);
  if (place === 'describe') {
    const { describeByForm } = await lazyImport(() => import('./describe/describeByForm.ts'));
    return describeByForm(parts);
  }
  if (!place) return undefined;
  let draft = await askDraft(title, place);
  while (draft) {
    const duplicate = parts.keyService.duplicateOf(draft);
    if (duplicate) {
      await parts.keyService.restoreSecret(duplicate, draft.secret);
      if (draft.mayStandInUrl) await parts.keyService.letStandInUrl(duplicate);
      void showInformation(l10n.t('This key is here already, as “{0}”.', duplicate.label));
      return { id: duplicate.id };
    }
    const outcome = await checkDraftWithRetry(parts, draft);
    if (outcome !== 'enter again')
      return outcome && saveKey(parts, title, { place, draft, outcome, label: given.label });
    draft = await askDraft(title, place, draft);
  }
  return undefined;
}

interface EnteredKey {
  readonly place: KeyDestination;
  readonly draft: KeyDraft;
  readonly outcome: Outcome;
  readonly label: string | undefined;
}

async function saveKey(
  { keyService }: CommandParts,
  title: string,
  { place, draft, outcome, ...given }: EnteredKey,
): Promise<{ id: string } | undefined> {
  const label = await askLabel(title, given.label || nameFromReading(outcome) || draft.label);
  if (label === undefined) return undefined;
  if (place.spec.recommendsZeroQuota && !keyService.hasCredential(place.spec.type)) recommendZeroQuota();
  return { id: await keyService.add({ ...draft, label }, outcome) };
}

async function askDraft(
  title: string,
  { gateway, spec, baseUrl }: KeyDestination,
  previousDraft?: KeyDraft,
): Promise<KeyDraft | undefined> {
  const secret = await askSecret(title, spec.type, previousDraft?.secret);
  if (!secret) return undefined;
  const userId = spec.needsUserId ? await askUserId(title, previousDraft?.userId) : '';
  if (userId === undefined) return undefined;
  const isInUrl = gateway.needsKeyInUrl?.(undefined) === true && isDescribed(gateway.kind);
  if (isInUrl && !(await askToStandInUrl(baseUrl))) return undefined;
  return {
    label: addressOf(baseUrl),
    kind: gateway.kind,
    baseUrl,
    credential: spec.type,
    userId: userId || undefined,
    ...(isInUrl && { mayStandInUrl: true }),
    secret,
  };
}

function nameFromReading({ reading }: Outcome): string | undefined {
  return reading?.name || reading?.account?.name;
}

/**
 * Checks the key until the check succeeds, or until the user saves it as it is, wants to enter it again, or cancels.
 */
async function checkDraftWithRetry(
  { keyService }: CommandParts,
  draft: KeyDraft,
): Promise<Outcome | 'enter again' | undefined> {
  for (;;) {
    const outcome = await withProgressNotification(l10n.t('Checking the key at {0}…', draft.baseUrl), () =>
      keyService.checkDraft(draft),
    );
    if (outcome.reading) return outcome;
    const saveAnyway = l10n.t('Save Anyway');
    const tryAgain = l10n.t('Try Again');
    const choice = await showWarning(
      l10n.t('The key could not be checked.'),
      { modal: true, detail: newKeyFailureText(outcome.failure, draft.baseUrl) },
      tryAgain,
      saveAnyway,
    );
    if (choice === saveAnyway) return outcome;
    if (choice !== tryAgain) return undefined;
    // Another try with the same key would fail again.
    const { class: failureClass, reason } = outcome.failure;
    if (failureClass === 'bad-key' || reason === 'user-id-needed') return 'enter again';
  }
}

/** A key in a URL may end up in a log; one that can spend nothing does no harm there. */
function recommendZeroQuota(): void {
  void showInformation(
    l10n.t(
      'This service takes the key in the address of the request. Best use a key of its own for it, with a quota of 0: it can ask for the balance, and nothing else if it leaks.',
    ),
  );
}
