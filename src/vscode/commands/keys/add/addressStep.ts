import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../../core/input/baseUrl.ts';
import type { Gateway } from '../../../../gateways/gateway.ts';
import { parseGatewayAddress } from '../../../../gateways/gatewayAddress.ts';
import { offeredAddresses } from '../../../../gateways/offeredAddresses.ts';
import { joinSentences } from '../../../../text/joinSentences.ts';
import { askTextAt, pickOneAt } from '../../../host/backForms.ts';
import { type Answer, BACK, type FormStep, type StepPosition } from '../../../host/formSteps.ts';
import { plainAllowedBy } from '../../../host/gatewayRoutes.ts';
import { shownItem } from '../../../host/shownItem.ts';
import type { CommandParts } from '../../commandParts.ts';
import { addressQuestion } from '../keyForm.ts';
import { keyAt } from './firstStep.ts';
import type { KeyPlace, NewKey } from './newKey.ts';
import { regionName } from './placeText.ts';
import { recognizePlace } from './recognizePlace.ts';

/** The question for the address, where the first answer did not tell it. */
export function addressStep(parts: CommandParts, title: string): FormStep<NewKey> {
  return {
    isNeeded: ({ beginning }) =>
      beginning !== undefined && beginning.place === undefined && !beginning.isDescribing,
    ask: async (key, _hasBack, at) => {
      const gateway = key.beginning?.gateway;
      const place = await askPlace(parts, title, { gateway, secret: key.secret }, at);
      if (place === 'describe') return keyAt(place);
      return typeof place === 'object' ? { ...key, place } : place;
    },
  };
}

interface KnownOfPlace {
  /** The kind, where a person chose it or the key shows it; else it is recognized. */
  readonly gateway?: Gateway;
  readonly secret?: string;
  /** The initial text of the box. */
  readonly value?: string;
}

/** Asks for an address, of those of a vendor or in a box, and finds the kind of gateway there. */
export async function askPlace(
  parts: CommandParts,
  title: string,
  { gateway, secret, value = '' }: KnownOfPlace,
  at: StepPosition,
): Promise<Answer<KeyPlace | 'describe'>> {
  const offered = gateway && value === '' ? offeredAddresses(gateway) : [];
  for (;;) {
    const picked = gateway && offered.length > 1 ? await askOffered(title, gateway, at) : 'other';
    if (picked === undefined || picked === BACK) return picked;
    // The list of addresses is the question before then.
    const position = { ...at, hasBack: at.hasBack || offered.length > 1 };
    const baseUrl =
      picked === 'other' ? await askAddress(parts, title, { gateway, secret, value }, position) : picked;
    if (baseUrl === BACK && offered.length > 1) continue;
    if (baseUrl === undefined || baseUrl === BACK) return baseUrl;
    if (gateway) return { gateway, baseUrl, by: 'person' };
    const place = await recognizePlace(parts, title, { baseUrl, secret });
    if (place !== BACK) return place;
  }
}

async function askOffered(title: string, gateway: Gateway, at: StepPosition): Promise<Answer<string>> {
  const items = offeredAddresses(gateway).map(({ baseUrl, region }) =>
    shownItem({ label: addressOf(baseUrl), description: region && regionName(region), baseUrl }),
  );
  const other = shownItem({ label: l10n.t('Another Address…'), description: undefined, baseUrl: 'other' });
  const placeHolder = l10n.t('Where was the key issued? It works only there.');
  const picked = await pickOneAt(
    [...items, other],
    { title: l10n.t('{0}: {1}', title, gateway.title), placeHolder },
    at,
  );
  return picked === BACK ? BACK : picked?.baseUrl;
}

async function askAddress(
  parts: CommandParts,
  title: string,
  { gateway, secret, value = '' }: KnownOfPlace,
  at: StepPosition,
): Promise<Answer<string>> {
  const allowed = plainAllowedBy(parts.settings());
  const question = addressQuestion(title, value, allowed, gateway);
  // Says why an address is asked for after a key was entered alone.
  const taken =
    secret && value === '' ? l10n.t('The key alone does not show which gateway it belongs to.') : '';
  const prompt = joinSentences(taken, question.prompt);
  const text = await askTextAt({ ...question, prompt }, at);
  return typeof text === 'string' ? parseGatewayAddress(text, allowed, gateway).baseUrl : text;
}
