import * as l10n from '@vscode/l10n';
import type { Gateway } from '../../../../gateways/gateway.ts';
import { offeredGateways } from '../../../../gateways/offeredGateways.ts';
import { pickOneOrBack } from '../../../host/backForms.ts';
import { type Answer, BACK } from '../../../host/formSteps.ts';
import { shownItem } from '../../../host/shownItem.ts';
import { describeItem } from './firstItems.ts';

/** Asks which kind of gateway stands at an address that was not recognized. */
export async function askKind(title: string): Promise<Answer<Gateway | 'describe'>> {
  const kinds = offeredGateways().map(gateway =>
    shownItem({
      label: gateway.title,
      description: gateway.hosts[0],
      gateway: gateway as Gateway | 'describe',
    }),
  );
  const items = [...kinds, describeItem({ alwaysShow: true, gateway: 'describe' as const })];
  const placeHolder = l10n.t('Which kind of gateway issued the key?');
  const picked = await pickOneOrBack(items, { title, placeHolder, matchOnDescription: true }, true);
  return picked === BACK ? BACK : picked?.gateway;
}
