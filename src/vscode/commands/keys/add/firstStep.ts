import * as l10n from '@vscode/l10n';
import { parseSecret } from '../../../../core/input/parseSecret.ts';
import { detectSecretType } from '../../../../core/input/secretText.ts';
import { offeredAddresses } from '../../../../gateways/offeredAddresses.ts';
import { offeredGateways } from '../../../../gateways/offeredGateways.ts';
import { redactor } from '../../../../redaction/redactor.ts';
import { type Pasted, type PastedKey, readPasted } from '../../../../services/importing/readPasted.ts';
import { gatewaysOfSecret } from '../../../../services/keys/gatewaysOfSecret.ts';
import { rejectionText } from '../../../../text/importing.ts';
import { readClipboardText } from '../../../host/clipboard.ts';
import { type Answer, BACK, type FormStep } from '../../../host/formSteps.ts';
import { plainAllowedBy } from '../../../host/gatewayRoutes.ts';
import { showInformation, showWarning } from '../../../host/messages.ts';
import { runOwnCommand } from '../../../host/ownCommand.ts';
import type { CommandParts } from '../../commandParts.ts';
import { addressProblemText, secretProblemText } from '../keyFormTexts.ts';
import { askFirst } from './firstBox.ts';
import type { KeyPlace, NewKey } from './newKey.ts';
import { recognizePlace } from './recognizePlace.ts';

/** The first question: an address, a key or both, or a gateway of the list. */
export function firstStep(parts: CommandParts, title: string): FormStep<NewKey> {
  return {
    ask: async (before, _hasBack, at) => {
      for (;;) {
        const first = await askFirst(
          parts,
          title,
          { ...at, totalSteps: Math.max(2, at.totalSteps) },
          typedAddress(before),
        );
        if (first === undefined) return undefined;
        if (first.is === 'place') return { beginning: { place: first.place } };
        if (first.is === 'kind') return { beginning: { gateway: first.gateway } };
        if (first.is === 'describe') return { beginning: { isDescribing: true } };
        const text = first.is === 'clipboard' ? await readClipboardText() : first.text;
        if (text.trim() === '') {
          void showWarning(l10n.t('The clipboard contains no text. Copy an address, a key, or both first.'));
          continue;
        }
        const key = await keyFrom(parts, title, text);
        if (key !== BACK) return key;
      }
    },
  };
}

/** The address that was typed, for who comes back to it; never the key beside it. */
function typedAddress({ beginning: { place } = {} }: NewKey): string | undefined {
  return place?.by === 'address' || place?.by === 'page' ? place.baseUrl : undefined;
}

function read(parts: CommandParts, text: string): Pasted {
  return readPasted(text, {
    redactor,
    environment: {},
    isPlainHttpAllowed: plainAllowedBy(parts.settings()),
    keys: [...parts.keyService.keysById().values()],
  });
}

/** The new key from a pasted text; `BACK` where there is none, after a message that says why. */
async function keyFrom(parts: CommandParts, title: string, text: string): Promise<Answer<NewKey>> {
  const pasted = read(parts, text);
  if ('baseUrl' in pasted) {
    return keyAt(await recognizePlace(parts, title, { baseUrl: pasted.baseUrl }));
  }
  if ('key' in pasted) return keyWithSecret(parts, title, pasted.key);
  if ('count' in pasted) {
    void offerImport(pasted.count);
    return undefined;
  }
  void showWarning(l10n.t('Nothing in what you pasted can be used. {0}', whyUnusable(pasted, text)));
  return BACK;
}

type Unusable = Extract<Pasted, { readonly problem: unknown } | { readonly rejection: unknown }>;

function whyUnusable(pasted: Unusable, text: string): string {
  if ('rejection' in pasted) return rejectionText(pasted.rejection, pasted.variable);
  // Web pages show keys with their middle left out, and such a text is what people copy first.
  const problem = detectSecretType(text.trim()) === 'key' ? parseSecret(text).problem : undefined;
  return problem ? secretProblemText(problem) : addressProblemText(pasted.problem);
}

async function keyWithSecret(
  parts: CommandParts,
  title: string,
  { secret, baseUrl, kind, credential, userId, label, isNamed }: PastedKey,
): Promise<Answer<NewKey>> {
  const told = offeredGateways().find(each => each.kind === kind);
  const spec = told?.credentials.find(({ type }) => type === credential);
  const rest = { secret, told: spec, userId, name: isNamed && label };
  if (baseUrl !== undefined) {
    return keyAt(await recognizePlace(parts, title, { baseUrl, secret, told: spec && told }), rest);
  }
  const [gateway, ...others] = gatewaysOfSecret(secret, offeredGateways());
  if (!gateway || others.length > 0) return { beginning: {}, ...rest };
  const [address, ...more] = offeredAddresses(gateway);
  if (!address || more.length > 0) return { beginning: { gateway }, ...rest };
  return { beginning: { place: { gateway, baseUrl: address.baseUrl, by: 'secret' } }, ...rest };
}

/** A key whose gateway is known now, or is to be described. */
export function keyAt(place: Answer<KeyPlace | 'describe'>, rest: Partial<NewKey> = {}): Answer<NewKey> {
  if (place === 'describe') return { beginning: { isDescribing: true } };
  return typeof place === 'object' ? { ...rest, beginning: { place } } : place;
}

async function offerImport(count: number): Promise<void> {
  const importKeys = l10n.t('Import Keys…');
  const choice = await showInformation(
    l10n.t('You pasted {0} keys. Import Keys takes several at once.', count),
    importKeys,
  );
  if (choice === importKeys) await runOwnCommand('keyQuota.importKeys');
}
