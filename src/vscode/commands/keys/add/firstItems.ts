import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { addressOf } from '../../../../core/input/baseUrl.ts';
import type { IsPlainHttpAllowed } from '../../../../core/input/origin.ts';
import type { BaseUrlProblem } from '../../../../core/input/parseBaseUrl.ts';
import type { KeyRecord } from '../../../../core/quota/key.ts';
import { isDescribed } from '../../../../gateways/described/described.ts';
import type { Gateway } from '../../../../gateways/gateway.ts';
import { parseGatewayAddress } from '../../../../gateways/gatewayAddress.ts';
import { offeredAddresses } from '../../../../gateways/offeredAddresses.ts';
import { offeredGateways } from '../../../../gateways/offeredGateways.ts';
import { LOOKS_LIKE_ADDRESS } from '../../../../services/importing/readPasted.ts';
import { joinClauses } from '../../../../text/clauses.ts';
import { shownItem } from '../../../host/shownItem.ts';
import type { ShownItem } from '../../../host/window.ts';
import { addressProblemText } from '../keyFormTexts.ts';
import type { KeyPlace } from './newKey.ts';
import { regionName } from './placeText.ts';

/** An answer to the first question. */
export type FirstChoice =
  | { readonly is: 'typed'; readonly text: string }
  | { readonly is: 'place'; readonly place: KeyPlace }
  | { readonly is: 'kind'; readonly gateway: Gateway }
  | { readonly is: 'clipboard' }
  | { readonly is: 'describe' };

/** A line without a choice is a heading, or a remark on what was typed. */
export type FirstItem = ShownItem & { readonly choice?: FirstChoice };

/** The line for what was typed: the address in it, or what is wrong with it. */
export function typedItems(typed: string, allowed: IsPlainHttpAllowed): readonly FirstItem[] {
  const text = typed.trim();
  if (!LOOKS_LIKE_ADDRESS.test(text)) return [];
  const { baseUrl, problem } = parseGatewayAddress(text, allowed);
  if (problem) return [remark(problem)];
  const item = {
    label: l10n.t('Add a key for {0}', baseUrl),
    iconPath: new vscode.ThemeIcon('arrow-right'),
    choice: { is: 'typed' as const, text },
  };
  return [shownItem({ ...item, alwaysShow: true })];
}

/**
 * A remark on what is neither an address nor in one of the lines. Without it Enter would take the only line that stays. It
 * comes after the others: VS Code also finds `OpenRouter` by `or`.
 */
export function remarkItems(typed: string, lines: readonly FirstItem[]): readonly FirstItem[] {
  const text = typed.trim().toLowerCase();
  const isInLine = ({ label, description }: FirstItem) =>
    [label, description].join('\n').toLowerCase().includes(text);
  return LOOKS_LIKE_ADDRESS.test(text) || lines.some(isInLine) ? [] : [remark('not-a-url')];
}

/** What is wrong, and below it what to do: a line is cut at the edge of the box. */
function remark(problem: BaseUrlProblem): FirstItem {
  const [, label = '', detail] = /^(.+?(?:\.(?= )|。|$))\s*(.+)?$/s.exec(addressProblemText(problem)) ?? [];
  return shownItem({ label, detail, iconPath: new vscode.ThemeIcon('warning'), alwaysShow: true });
}

/** The lines that stand there from the beginning: the clipboard, the gateways of one's own keys, and all that are known. */
export function offeredItems(keys: readonly KeyRecord[]): readonly FirstItem[] {
  const clipboard = shownItem({
    label: l10n.t('Paste from the Clipboard'),
    description: l10n.t('an address, a key or both; .env, cURL, JSON too'),
    iconPath: new vscode.ThemeIcon('clippy'),
    choice: { is: 'clipboard' as const },
  });
  const own = ownItems(keys);
  return [
    clipboard,
    ...(own.length > 0 ? [group(l10n.t('Gateways of Your Keys')), ...own] : []),
    group(l10n.t('All Gateways')),
    ...offeredGateways().flatMap(kindItems),
  ];
}

/**
 * The last line. It stays where nothing else matches what was typed, but not while the lines may not follow it yet: Enter
 * would take it then.
 */
export function describeLine(alwaysShow: boolean): FirstItem {
  return describeItem({ alwaysShow, choice: { is: 'describe' } as const });
}

/** The line for a gateway of no known kind. */
export function describeItem<More extends object>(more: More) {
  const label = l10n.t('Describe a gateway…');
  return shownItem({ ...more, label, iconPath: new vscode.ThemeIcon('edit') });
}

function ownItems(keys: readonly KeyRecord[]): readonly FirstItem[] {
  const kinds = new Map(keys.map(({ baseUrl, kind }) => [baseUrl, kind]));
  const gateways = offeredGateways();
  return [...kinds].flatMap(([baseUrl, kind]) => {
    const gateway = gateways.find(each => each.kind === kind);
    if (!gateway) return [];
    const place = { gateway, baseUrl, by: 'list' } as const;
    const item = { label: addressOf(baseUrl), description: gateway.title, choice: { is: 'place', place } };
    return [shownItem(item) as FirstItem];
  });
}

/** A line for each address of a vendor; one for a kind that stands at any. */
function kindItems(gateway: Gateway): readonly FirstItem[] {
  const { title, isUndocumented = false } = gateway;
  const addresses = offeredAddresses(gateway);
  if (addresses.length === 0) {
    const description = isDescribed(gateway.kind) ? l10n.t('described by you') : anyAddress(gateway);
    return [shownItem({ label: title, description, choice: { is: 'kind', gateway } }) as FirstItem];
  }
  return addresses.map(({ baseUrl, region }) => {
    const remarks = [
      addressOf(baseUrl),
      region && regionName(region),
      isUndocumented ? l10n.t('not documented by its vendor') : undefined,
      isDescribed(gateway.kind) ? l10n.t('described by you') : undefined,
    ];
    const place = { gateway, baseUrl, by: 'person' } as const;
    const description = joinClauses(remarks.filter(remark => remark !== undefined));
    return shownItem({ label: title, description, choice: { is: 'place', place } }) as FirstItem;
  });
}

function anyAddress({ probe }: Gateway): string {
  return probe?.isFamily
    ? l10n.t('relays and self-hosted sites, including One API, at any address')
    : l10n.t('at any address');
}

function group(label: string): FirstItem {
  return shownItem({ label, kind: vscode.QuickPickItemKind.Separator });
}
