import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { addressOf, baseUrlOf } from '../../../core/input/baseUrl.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import {
  isUnlimitedInModels,
  keysForModel,
  namedModels,
  namesMoreModels,
} from '../../../core/quota/modelKeys.ts';
import { pickOne } from '../../host/forms.ts';
import { showInformation } from '../../host/messages.ts';
import { acceptedItem } from '../../host/quickPickChoice.ts';
import { shownItem } from '../../host/shownItem.ts';
import { shown } from '../../host/shownText.ts';
import { type ShownItem, window } from '../../host/window.ts';
import { withErrorText } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { copyActions, keyActions, offerActions } from './keyActions.ts';
import { offerAddKey } from './offerAddKey.ts';
import { quickPickItem } from './pickKey.ts';

const modelMember = withErrorText(
  v.pipe(
    v.string(),
    v.check(model => model.trim() !== ''),
  ),
  () => l10n.t('“model” has to be the name of a model, for example {0}.', 'gpt-4.1'),
);

/**
 * `keyQuota.findKeyForModel`: the keys that may call a model and have quota, the tightest last. Keys without a model
 * limit come after them, because it is not known which models they offer. By argument `{ model }` → the states of both.
 */
export const findKeyForModel = defineCommand({
  palette: 'withKeys',
  icon: 'sparkle',
  menus: [{ menu: 'view/title', group: '4_find' }],
  argument: { members: { model: modelMember }, requiresOneOf: ['model'] },
  run: async (parts, { members }) => {
    if (members.model !== undefined) return keysForModel(parts.monitor.snapshot, members.model).ready;
    if (parts.monitor.snapshot.length === 0) {
      void offerAddKey();
      return undefined;
    }
    const title = l10n.t('Find a Key for a Model');
    const model = await askModel(parts, title);
    const key = model && (await askKey(parts, title, model));
    if (key) await offerActions(key, [...copyActions(key), ...keyActions(parts, key)]);
    return undefined;
  },
});

/** Any name can be typed; the models that keys are limited to are suggested. */
async function askModel({ monitor }: CommandParts, title: string): Promise<string | undefined> {
  const pick = window.createQuickPick<ShownItem & { readonly model: string }>();
  pick.title = shown(title);
  pick.placeholder = shown(l10n.t('Type the name of a model, for example {0}', 'gpt-4.1'));
  const known = namedModels(monitor.snapshot).map(({ name, keys }) =>
    shownItem({ label: name, description: l10n.t('keys limited to it: {0}', keys), model: name }),
  );
  const offer = (typed: string) => {
    const isKnown = known.some(({ model }) => model.toLowerCase() === typed.toLowerCase());
    pick.items = typed === '' || isKnown ? known : [shownItem({ label: typed, model: typed }), ...known];
  };
  offer('');
  pick.onDidChangeValue(value => offer(value.trim()));
  return (await acceptedItem(pick))?.model;
}

type KeyChoice = ShownItem & { readonly key?: KeyState };

async function askKey(
  { monitor, clock }: CommandParts,
  title: string,
  model: string,
): Promise<KeyState | undefined> {
  const { ready, blocked } = keysForModel(monitor.snapshot, model);
  if (ready.length + blocked.length === 0) {
    void showInformation(
      namesMoreModels(monitor.snapshot)
        ? l10n.t(
            'None of your keys is known to be allowed “{0}”; some are allowed more models than are kept.',
            model,
          )
        : l10n.t('None of your keys may call “{0}”.', model),
    );
    return undefined;
  }
  const itemOf = (key: KeyState): KeyChoice => {
    const right = isUnlimitedInModels(key) ? l10n.t('no limit of models set') : l10n.t('may call {0}', model);
    const detail = shown(`${addressOf(baseUrlOf(key))} · ${right}`);
    return { ...quickPickItem(key, clock.now()), detail, key };
  };
  const named = ready.filter(key => !isUnlimitedInModels(key));
  const unlimited = ready.filter(isUnlimitedInModels);
  const items = [
    ...section(l10n.t('Ready, the tightest last'), named.map(itemOf)),
    ...section(l10n.t('No limit set; whether it is offered is not known'), unlimited.map(itemOf)),
    ...section(l10n.t('Not at present'), blocked.map(itemOf)),
  ];
  const placeHolder =
    named.length > 0
      ? l10n.t('Keys that can call {0}', model)
      : unlimited.length > 0
        ? l10n.t('No key names {0}; those without a limit may be able to call it', model)
        : l10n.t('No key can call {0} at present', model);
  return (await pickOne(items, { title, placeHolder, matchOnDetail: true }))?.key;
}

function section(label: string, items: readonly KeyChoice[]): readonly KeyChoice[] {
  return items.length === 0
    ? []
    : [{ label: shown(label), kind: vscode.QuickPickItemKind.Separator }, ...items];
}
