import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../../core/input/baseUrl.ts';
import { parseSecret } from '../../../../core/input/parseSecret.ts';
import { credentialsAt } from '../../../../services/keys/credentialsFor.ts';
import { joinSentences } from '../../../../text/joinSentences.ts';
import { askTextAt } from '../../../host/backForms.ts';
import { type Answer, BACK, type FormStep, type StepPosition } from '../../../host/formSteps.ts';
import type { CommandParts } from '../../commandParts.ts';
import { secretQuestion } from '../keyForm.ts';
import { askPlace } from './addressStep.ts';
import { keyAt } from './firstStep.ts';
import { type KeyPlace, type NewKey, placeOf } from './newKey.ts';
import { recognizedText } from './placeText.ts';

/** The question for the secret, which shows what was recognized, and where the secret would be sent. */
export function secretStep(parts: CommandParts, title: string): FormStep<NewKey> {
  return {
    isNeeded: ({ beginning }) => beginning !== undefined && !beginning.isDescribing,
    ask: async (key, _hasBack, at) => {
      let current = key;
      for (let place = placeOf(key); place; place = placeOf(current)) {
        const answer = await askSecretFor(title, place, current.secret ?? '', at);
        if (answer === undefined || answer === BACK) return answer;
        if (typeof answer === 'string')
          return { ...current, secret: parseSecret(answer, place.gateway.takesLogin).secret };
        const changed = await changePlace(parts, title, place, answer.typed, at);
        if (changed === undefined || changed === 'describe') return keyAt(changed);
        current = { ...current, secret: answer.typed };
        if (changed !== BACK) current = { ...current, place: changed, told: undefined };
      }
      return undefined;
    },
  };
}

interface ChangeAddress {
  readonly typed: string;
}

function askSecretFor(
  title: string,
  place: KeyPlace,
  value: string,
  at: StepPosition,
): Promise<Answer<string | ChangeAddress>> {
  const { takesLogin, isServer } = place.gateway;
  const types = credentialsAt(place.gateway, place.baseUrl).map(({ type }) => type);
  const prompt = joinSentences(
    l10n.t('{0}: {1}.', addressOf(place.baseUrl), recognizedText(place)),
    l10n.t('The key is kept in VS Code’s secret storage and sent only to this gateway.'),
    takesLogin && l10n.t('A token, user:password, or “none”.'),
  );
  const question = secretQuestion(title, types, prompt, value, undefined, takesLogin);
  const placeHolder = isServer && !takesLogin ? l10n.t('Reader’s token') : question.placeHolder;
  return askTextAt({ ...question, placeHolder }, at, {
    icon: 'globe',
    tooltip: l10n.t('Change Address'),
    answer: typed => ({ typed }),
  });
}

/** A kind that the person chose stays, whatever the address; else it is recognized again. */
function changePlace(
  parts: CommandParts,
  title: string,
  { gateway, baseUrl, by }: KeyPlace,
  typed: string,
  at: StepPosition,
): Promise<Answer<KeyPlace | 'describe'>> {
  const kept = by === 'person' ? gateway : undefined;
  const known = { gateway: kept, secret: parseSecret(typed, gateway.takesLogin).secret, value: baseUrl };
  return askPlace(parts, title, known, { ...at, hasBack: true });
}
