import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../../core/input/baseUrl.ts';
import { lazyImport } from '../../../../core/lazyImport.ts';
import { isDescribed } from '../../../../gateways/described/described.ts';
import type { KeyDraft } from '../../../../services/keys/keyDraft.ts';
import { sanitizeLabel } from '../../../../services/keys/sanitizeLabel.ts';
import { uniqueLabel } from '../../../../services/keys/uniqueLabel.ts';
import type { Outcome } from '../../../../services/polling/check.ts';
import { askSteps, BACK, type FormStep } from '../../../host/formSteps.ts';
import { showInformation } from '../../../host/messages.ts';
import type { CommandParts } from '../../commandParts.ts';
import { askToStandInUrl } from '../describe/confirmRequest.ts';
import { askLabel } from '../keyForm.ts';
import type { KeyLink } from '../keyLink.ts';
import { addressStep } from './addressStep.ts';
import { checkNewKey } from './checkNewKey.ts';
import { credentialStep, userIdStep } from './credentialSteps.ts';
import { firstStep } from './firstStep.ts';
import { type NewKey, placeOf, specOf } from './newKey.ts';
import { recognizePlace } from './recognizePlace.ts';
import { secretStep } from './secretStep.ts';
import { showAddedKey } from './showAddedKey.ts';

/** Asks for everything that `given` does not say. */
export async function addKeyByForm(
  parts: CommandParts,
  given: KeyLink = {},
): Promise<{ id: string } | undefined> {
  const title = l10n.t('Add Key');
  const first = await beginningOf(parts, title, given);
  if (!first) return undefined;
  const secret = secretStep(parts, title);
  const steps = [
    { ...firstStep(parts, title), isNeeded: () => first.beginning === undefined },
    addressStep(parts, title),
    secret,
    credentialStep(title),
    userIdStep(title),
  ] as const satisfies readonly FormStep<NewKey>[];
  let key = await askSteps(first, steps);
  while (key) {
    if (key.beginning?.isDescribing) {
      const { describeByForm } = await lazyImport(() => import('../describe/describeByForm.ts'));
      return describeByForm(parts);
    }
    const draft = await draftOf(key);
    if (!draft) return undefined;
    const added = await addDraft(parts, key, draft, given.label);
    if (added !== 'enter again') return added;
    key = await askSteps(key, steps, steps.indexOf(secret));
  }
  return undefined;
}

/** What a link says, with the kind of gateway at its address. */
async function beginningOf(
  parts: CommandParts,
  title: string,
  { gateway, baseUrl }: KeyLink,
): Promise<NewKey | undefined> {
  if (baseUrl === undefined) return gateway ? { beginning: { gateway } } : {};
  if (gateway) return { beginning: { place: { gateway, baseUrl, by: 'person' } } };
  const place = await recognizePlace(parts, title, { baseUrl });
  if (place === 'describe') return { beginning: { isDescribing: true } };
  return place === undefined || place === BACK ? undefined : { beginning: { place } };
}

/** The key as it is checked and saved; undefined where a person does not want it in the URL. */
async function draftOf(key: NewKey): Promise<KeyDraft | undefined> {
  const [place, spec] = [placeOf(key), specOf(key)];
  if (!place || !spec || key.secret === undefined) return undefined;
  const { gateway, baseUrl } = place;
  const isInUrl = gateway.needsKeyInUrl?.(undefined) === true && isDescribed(gateway.kind);
  if (isInUrl && !(await askToStandInUrl(baseUrl))) return undefined;
  return {
    label: addressOf(baseUrl),
    kind: gateway.kind,
    baseUrl,
    credential: spec.type,
    userId: (spec.needsUserId && key.userId) || undefined,
    ...(isInUrl && { mayStandInUrl: true }),
    secret: key.secret,
  };
}

async function addDraft(
  parts: CommandParts,
  key: NewKey,
  draft: KeyDraft,
  givenLabel: string | undefined,
): Promise<{ id: string } | 'enter again' | undefined> {
  const { keyService } = parts;
  const duplicate = keyService.duplicateOf(draft);
  if (duplicate) {
    await keyService.restoreSecret(duplicate, draft.secret);
    if (draft.mayStandInUrl) await keyService.letStandInUrl(duplicate);
    void showInformation(l10n.t('This key is already here, as “{0}”.', duplicate.label));
    return { id: duplicate.id };
  }
  const checked = await checkNewKey(parts, draft);
  if (checked === undefined || checked === 'enter again') return checked;
  const label = await labelOf(parts, checked, key.name, givenLabel);
  if (label === undefined) return undefined;
  if (specOf(key)?.recommendsZeroQuota && !keyService.hasCredential(draft.credential)) recommendZeroQuota();
  const id = await keyService.add({ ...checked.draft, label }, checked.outcome);
  void showAddedKey(id, label, placeOf(key));
  return { id };
}

/**
 * The key's own name, else the gateway's name for it; a name from a link is confirmed, since a stranger may have chosen
 * it.
 */
async function labelOf(
  { keyService }: CommandParts,
  { draft, outcome }: { readonly draft: KeyDraft; readonly outcome: Outcome },
  own: string | undefined,
  given: string | undefined,
): Promise<string | undefined> {
  if (given) return askLabel(l10n.t('Add Key'), given);
  const { reading } = outcome;
  const named = own || sanitizeLabel(reading?.name || reading?.account?.name || '');
  return uniqueLabel(
    named || draft.label,
    new Set([...keyService.keysById().values()].map(({ label }) => label)),
  );
}

/** A key in a URL may end up in a log; one that can spend nothing does no harm there. */
function recommendZeroQuota(): void {
  void showInformation(
    l10n.t(
      'This service takes the key in the address of the request. It is best to use a separate key with a quota of 0: even if it leaks, it can only query the balance.',
    ),
  );
}
