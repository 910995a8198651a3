import * as l10n from '@vscode/l10n';
import { GatewayError } from '../../../../core/quota/failure.ts';
import type { CountedReading } from '../../../../core/quota/reading.ts';
import { describedGatewayOf, describedKind } from '../../../../gateways/described/described.ts';
import { describedReading } from '../../../../gateways/described/describedReading.ts';
import { type Description, parseDescription } from '../../../../gateways/described/description.ts';
import { allDescriptions } from '../../../../gateways/described/descriptions.ts';
import { askDescribed } from '../../../../gateways/described/endpoints.ts';
import { redactor } from '../../../../redaction/redactor.ts';
import type { KeyDraft } from '../../../../services/keys/keyDraft.ts';
import { mistakeText } from '../../../../text/descriptionMistake.ts';
import { failureText, newKeyFailureText } from '../../../../text/failure.ts';
import { applyDescriptions } from '../../../host/describedSettings.ts';
import { showInformation, showWarning } from '../../../host/messages.ts';
import { writeSetting } from '../../../host/settingValues.ts';
import type { CommandParts } from '../../commandParts.ts';
import { withCancellableProgress } from '../../withCancellableProgress.ts';
import { askLabel, askSecret } from '../keyForm.ts';
import { confirmRequest } from './confirmRequest.ts';
import { askFigures } from './figureForm.ts';
import { foundLines } from './foundLines.ts';
import { askPlace, type Place } from './placeForm.ts';

/**
 * Asks what a gateway's usage request is, sends it once after the person's yes, shows what came back, and saves the
 * description and the key once the person has seen the figures.
 */
export async function describeByForm(parts: CommandParts): Promise<{ id: string } | undefined> {
  const title = l10n.t('Describe a Gateway');
  applyDescriptions();
  const place = await askPlace(parts, title);
  if (!place) return undefined;
  const secret = await askSecret(title, 'apiKey');
  if (!secret) return undefined;
  const draft = draftAt(place, secret);
  const duplicate = parts.keyService.duplicateOf(draft);
  if (duplicate) {
    void showInformation(l10n.t('This key is already here, as “{0}”.', duplicate.label));
    return undefined;
  }
  if (!(await confirmRequest(place.baseUrl, place))) return undefined;
  const asked = await askOnce(parts, place, draft);
  if (!asked) return undefined;
  const described = await chooseFigures(parts, title, place, asked.answer);
  if (!described) return undefined;
  const label = await askLabel(title, place.name);
  return label === undefined ? undefined : save(parts, place.name, described, { ...draft, label });
}

function draftAt({ name, baseUrl, secretIn = 'bearer' }: Place, secret: string): KeyDraft {
  const isInUrl = secretIn.startsWith('query ');
  return {
    label: name,
    kind: describedKind(name),
    baseUrl,
    credential: 'apiKey',
    ...(isInUrl && { mayStandInUrl: true }),
    secret,
  };
}

/** Sends the request, again where it fails and the person wants to; undefined when they gave up. */
async function askOnce(
  { keyService }: CommandParts,
  place: Place,
  draft: KeyDraft,
): Promise<{ readonly answer: unknown } | undefined> {
  const gateway = describedGatewayOf(draft.kind);
  if (!gateway) return undefined;
  redactor.protect(draft.secret, draft.baseUrl);
  if (redactor.redact(place.path) !== place.path) throw new Error(mistakeText({ mistake: 'holds-secret' }));
  for (;;) {
    try {
      return await withCancellableProgress(l10n.t('Asking {0}…', draft.baseUrl), async (_report, signal) => ({
        answer: await keyService.askWithDraft(
          gateway,
          draft,
          context => askDescribed(place.name, place, context),
          signal,
        ),
      }));
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const tryAgain = l10n.t('Try Again');
      const detail = newKeyFailureText(error.failure, draft.baseUrl);
      const message = l10n.t('The gateway returned nothing.');
      if ((await showWarning(message, { modal: true, detail }, tryAgain)) !== tryAgain) return undefined;
    }
  }
}

interface Described {
  readonly description: Description;
  readonly reading: CountedReading;
}

/** Lets the person say which value is which until they save what they see, or give up. */
async function chooseFigures(
  { clock }: CommandParts,
  title: string,
  { name, baseUrl, path, secretIn }: Place,
  answer: unknown,
): Promise<Described | undefined> {
  for (;;) {
    const figures = await askFigures(title, answer);
    if (!figures) return undefined;
    const described = { address: baseUrl, path, ...(secretIn !== 'bearer' && { secretIn }), ...figures };
    const found = readAs(name, described, answer, clock.now());
    const again = l10n.t('Choose Again');
    const save = l10n.t('Save');
    const choice =
      'problem' in found
        ? await showWarning(l10n.t('This gives no figure.'), { modal: true, detail: found.problem }, again)
        : await showInformation(
            l10n.t('Save “{0}” as it is read now?', name),
            { modal: true, detail: foundLines(found.reading, clock.now()).join('\n') },
            save,
            again,
          );
    if (choice === save && 'reading' in found) return found;
    if (choice !== again) return undefined;
  }
}

/** What an answer tells by a description, or why it tells nothing. */
function readAs(
  name: string,
  raw: object,
  answer: unknown,
  now: number,
): Described | { readonly problem: string } {
  const { description, mistake } = parseDescription(name, raw);
  if (mistake) return { problem: mistakeText(mistake) };
  try {
    return { description, reading: describedReading(name, description, answer, now) };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const subject = { label: l10n.t('new key'), baseUrl: description.address ?? '' };
    return { problem: failureText(error.failure, subject) };
  }
}

/** The description first: a key without one would say that it is gone. */
async function save(
  { keyService }: CommandParts,
  name: string,
  { description, reading: { counted, ...reading } }: Described,
  draft: KeyDraft,
): Promise<{ id: string }> {
  await writeSetting('describedGateways', { ...allDescriptions(), [name]: description });
  applyDescriptions();
  return { id: await keyService.add(draft, { reading, counted }) };
}
