import * as l10n from '@vscode/l10n';
import type { CredentialSpec } from '../../../../gateways/credentialSpec.ts';
import { askTextAt, pickOneAt } from '../../../host/backForms.ts';
import { BACK, type FormStep } from '../../../host/formSteps.ts';
import { shownItem } from '../../../host/shownItem.ts';
import { credentialName, userIdQuestion } from '../keyForm.ts';
import { type NewKey, specOf, specsOf } from './newKey.ts';

/** The question which credential a secret is, where its form does not tell. */
export function credentialStep(title: string): FormStep<NewKey> {
  return {
    isNeeded: key => specsOf(key).length > 1,
    ask: async (key, _hasBack, at) => {
      const items = specsOf(key).map(spec =>
        shownItem({ label: credentialName(spec.type), detail: credentialDetail(spec), spec }),
      );
      const picked = await pickOneAt(
        items,
        { title, placeHolder: l10n.t('What type of credential is it?') },
        at,
      );
      return picked === undefined || picked === BACK ? picked : { ...key, chosen: picked.spec };
    },
  };
}

/** The question for the account's id, for access tokens of old gateways. */
export function userIdStep(title: string): FormStep<NewKey> {
  return {
    isNeeded: key => specOf(key)?.needsUserId === true,
    ask: async (key, _hasBack, at) => {
      const text = await askTextAt(userIdQuestion(title, key.userId ?? ''), at);
      return typeof text === 'string' ? { ...key, userId: text.trim() } : text;
    },
  };
}

/** What can be asked with a credential, from its abilities. */
function credentialDetail({ abilities }: CredentialSpec): string {
  const words = {
    quota: l10n.t('what is left on this key'),
    account: l10n.t('the account’s balance'),
    keyList: l10n.t('all keys of the account'),
    accountKey: undefined,
    rangeByKey: l10n.t('what this key spent between two dates'),
    rangeByAccount: l10n.t('what the account spent between two dates'),
    logs: l10n.t('the request log'),
    plans: l10n.t('the plans on offer'),
    verify: undefined,
    chat: undefined,
    testCall: undefined,
  } as const;
  return abilities
    .map(ability => words[ability])
    .filter(word => word !== undefined)
    .join(', ');
}
