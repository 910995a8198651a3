import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { addressOf, baseUrlOf } from '../../../core/input/baseUrl.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import {
  foldModel,
  isUnlimitedInModels,
  keysByOffer,
  keysForModel,
  namedModels,
  namesMoreModels,
  type OfferedModels,
} from '../../../core/quota/modelKeys.ts';
import type { ModelPrice } from '../../../gateways/modelPrices.ts';
import { gatewayOf } from '../../../gateways/registry.ts';
import { modelPriceText } from '../../../text/modelPrice.ts';
import { pickOne } from '../../host/forms.ts';
import { showInformation } from '../../host/messages.ts';
import { shown } from '../../host/shownText.ts';
import type { ShownItem } from '../../host/window.ts';
import { withErrorText } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { withCancellableProgress } from '../withCancellableProgress.ts';
import { askModelName } from './askModelName.ts';
import { askOffers, type Offers } from './askOffers.ts';
import { copyActions, keyActions, offerActions } from './keyActions.ts';
import { offerAddKey } from './offerAddKey.ts';
import { quickPickItem } from './pickKey.ts';

const modelMember = withErrorText(
  v.pipe(
    v.string(),
    v.check(model => model.trim() !== ''),
  ),
  () => l10n.t('“model” must be the name of a model, for example {0}.', 'gpt-4.1'),
);

/**
 * `keyQuota.findKeyForModel`: the keys that may call a model and have quota, the tightest last. A key without a model
 * limit is among them where its gateway lists the model, which is asked then; else it comes after them. By argument `{ model }` → the states of both.
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
function askModel({ monitor }: CommandParts, title: string): Promise<string | undefined> {
  const known = namedModels(monitor.snapshot).map(({ name, keys }) => ({
    name,
    description: l10n.t('keys limited to it: {0}', keys),
  }));
  return askModelName(title, l10n.t('Type the name of a model, for example {0}', 'gpt-4.1'), known);
}

type KeyChoice = ShownItem & { readonly key?: KeyState };

async function askKey(parts: CommandParts, title: string, model: string): Promise<KeyState | undefined> {
  const { monitor, clock } = parts;
  const { models, prices } = await offersFor(parts);
  const { certain, doubtful, unlisted, blocked } = keysByOffer(monitor.snapshot, model, models);
  if (certain.length + doubtful.length + unlisted.length + blocked.length === 0) {
    void showInformation(
      namesMoreModels(monitor.snapshot)
        ? l10n.t('None of your keys is known to allow “{0}”; some allow more models than are stored.', model)
        : l10n.t('None of your keys may call “{0}”.', model),
    );
    return undefined;
  }
  const itemOf = (key: KeyState): KeyChoice => {
    const ofSite = prices.get(baseUrlOf(key));
    const details = [
      addressOf(baseUrlOf(key)),
      rightText(key, model, models.get(key.id)),
      ofSite && modelPriceText(pricesFor(key, ofSite.byModel.get(foldModel(model)) ?? []), ofSite.unit),
    ];
    const detail = shown(details.filter(text => text !== undefined).join(' · '));
    return { ...quickPickItem(key, clock.now()), detail, key };
  };
  const items = [
    ...section(l10n.t('Ready, most quota first'), certain.map(itemOf)),
    ...section(l10n.t('No limit set; whether it is offered is unknown'), doubtful.map(itemOf)),
    ...section(l10n.t('No limit set; not in the gateway’s list'), unlisted.map(itemOf)),
    ...section(l10n.t('Not right now'), blocked.map(itemOf)),
  ];
  const placeHolder =
    certain.length > 0
      ? l10n.t('Keys that can call {0}', model)
      : doubtful.length + unlisted.length > 0
        ? l10n.t('No key lists {0}; keys without a limit may be able to call it', model)
        : l10n.t('No key can call {0} right now', model);
  return (await pickOne(items, { title, placeHolder, matchOnDetail: true }))?.key;
}

/** The price of the key's own group where that is known, else of all. */
function pricesFor({ reading }: KeyState, prices: readonly ModelPrice[]): readonly ModelPrice[] {
  const own = prices.filter(({ group }) => group === reading?.group);
  return own.length > 0 ? own : prices;
}

/** What is known of a key's right to call a model, and by whom. */
function rightText(key: KeyState, model: string, offer: OfferedModels | undefined): string {
  const isListed = offer?.models.has(foldModel(model)) === true;
  const { models } = key.reading ?? {};
  if (models === undefined) {
    return offer?.isOfKey === true
      ? l10n.t('in the gateway’s list for it')
      : l10n.t('in the gateway’s list; whether this key is limited is unknown');
  }
  if (!isUnlimitedInModels(key)) return l10n.t('may call {0}', model);
  return isListed
    ? l10n.t('no limit of models set; in the gateway’s list')
    : l10n.t('no limit of models set');
}

/** What gateways offer beside what is known of the keys; nothing where there is nothing to ask, or it was cancelled. */
async function offersFor(parts: CommandParts): Promise<Offers> {
  const none: Offers = { models: new Map(), prices: new Map() };
  const keys = parts.monitor.snapshot.filter(({ kind }) => {
    const { readModels, readPrices } = gatewayOf(kind) ?? {};
    return readModels ?? readPrices;
  });
  if (keys.length === 0) return none;
  const title = l10n.t('Asking gateways which models they offer…');
  return (await withCancellableProgress(title, (_report, signal) => askOffers(parts, keys, signal))) ?? none;
}

function section(label: string, items: readonly KeyChoice[]): readonly KeyChoice[] {
  return items.length === 0
    ? []
    : [{ label: shown(label), kind: vscode.QuickPickItemKind.Separator }, ...items];
}
