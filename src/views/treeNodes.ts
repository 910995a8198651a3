import { byAttention } from '../quota/attention.ts';
import type { KeyState } from '../quota/keyState.ts';
import type { Reading } from '../quota/reading.ts';
import { amountText } from '../words/amount.ts';
import { t } from '../words/l10n.ts';
import { statusWord } from '../words/status.ts';
import { STATUS_COLOR, STATUS_ICON } from './icons.ts';
import {
  ageText,
  expiryText,
  figureText,
  isAssumed,
  nextCheckText,
  noticeText,
  spokenText,
} from './keyWords.ts';

/** One line of the tree, as plain values. Ids stay the same while figures change. */
export interface TreeNode {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon?: string;
  readonly color?: string;
  readonly spoken: string;
  readonly context: string;
  readonly keyId?: string;
  /** What Copy takes from this line. */
  readonly copyText?: string;
  readonly expanded?: boolean;
  readonly children: readonly TreeNode[];
}

/** The whole tree for a snapshot: gateway, key, facts. */
export function treeNodes(
  keys: readonly KeyState[],
  now: number,
  titleOf: (kind: string) => string,
): readonly TreeNode[] {
  const origins = Map.groupBy([...keys].sort(byAttention(now)), key => key.origin);
  return [...origins].map(([origin, members]) => {
    const titles = [...new Set(members.map(key => titleOf(key.kind)))].join(', ');
    const host = new URL(origin).host;
    return {
      id: `gateway:${origin}`,
      label: host,
      description: titles,
      tooltip: origin,
      icon: 'server-environment',
      spoken: t('{0}, {1}, keys: {2}', host, titles, members.length),
      context: 'gateway',
      expanded: true,
      children: members.map(key => keyNode(key, now)),
    };
  });
}

function keyNode(key: KeyState, now: number): TreeNode {
  const description = [figureText(key), noticeText(key, now)].filter(text => text !== undefined).join(' · ');
  return {
    id: `key:${key.id}`,
    label: key.label,
    description,
    tooltip: key.failure?.message,
    icon: STATUS_ICON[key.status],
    color: STATUS_COLOR[key.status],
    spoken: spokenText(key, now),
    context: ['key', key.pinned ? 'pinned' : 'unpinned', key.reading?.models ? 'withModels' : ''].join(' '),
    keyId: key.id,
    children: factNodes(key, now),
  };
}

interface Fact {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly icon: string;
  readonly tooltip?: string;
  readonly children?: readonly TreeNode[];
}

function factNodes(key: KeyState, now: number): readonly TreeNode[] {
  const facts: Fact[] = [
    {
      name: 'failure',
      label: key.failure?.message ?? '',
      value: key.failure && '',
      icon: 'info',
      tooltip: key.failure?.message,
    },
    { name: 'status', label: t('Status'), value: statusWord(key.status), icon: STATUS_ICON[key.status] },
    ...quotaFacts(key),
    { name: 'expiry', label: t('Ends'), value: expiryText(key, now), icon: 'calendar' },
    modelsFact(key),
    { name: 'checked', label: t('Last check'), value: key.checkedAt && ageText(key, now), icon: 'history' },
    { name: 'next', label: t('Next check'), value: nextCheckText(key, now), icon: 'clock' },
  ];
  return facts.flatMap(fact => (fact.value === undefined ? [] : [factNode(key.id, fact)]));
}

function factNode(keyId: string, { name, label, value, icon, tooltip, children }: Fact): TreeNode {
  return {
    id: `fact:${keyId}:${name}`,
    label,
    description: value,
    tooltip,
    icon,
    spoken: value ? `${label}: ${value}` : label,
    context: 'fact',
    copyText: value || label,
    children: children ?? [],
  };
}

function quotaFacts(key: KeyState): readonly Fact[] {
  const { reading } = key;
  const quota = reading?.quota;
  if (!reading || !quota) return [];
  const amount = (value: number | undefined) =>
    value === undefined ? undefined : amountText(value, reading.unit, 'exact');
  const remaining = quota.unlimited ? t('unlimited') : amount(quota.remaining);
  return [
    { name: 'remaining', label: t('Left'), value: remaining, icon: 'credit-card' },
    { name: 'used', label: t('Used'), value: amount(quota.used), icon: 'graph' },
    {
      name: 'granted',
      label: t('Granted'),
      value: quota.unlimited ? undefined : amount(quota.granted),
      icon: 'gift',
    },
    { name: 'unit', label: t('Unit'), value: unitWord(key, reading), icon: 'symbol-unit' },
  ];
}

/** Said only where it is not the gateway's own word. */
function unitWord(key: KeyState, { unit }: Reading): string | undefined {
  if (unit.source === 'setting') return t('{0}, by your setting', unit.code);
  if (isAssumed(key)) return t('{0} assumed: the gateway does not say', unit.code);
  return unit.code === 'UNITS' ? t('the gateway’s own quota units') : undefined;
}

function modelsFact({ id, reading }: KeyState): Fact {
  const models = reading?.models;
  const value = models === undefined ? undefined : models === null ? t('any') : countWord(models.length);
  return {
    name: 'models',
    label: t('Models'),
    value,
    icon: 'sparkle',
    children: models?.map(name => ({
      id: `model:${id}:${name}`,
      label: name,
      spoken: name,
      context: 'model',
      copyText: name,
      children: [],
    })),
  };
}

function countWord(count: number): string {
  return count === 0 ? t('none allowed') : t('{0} allowed', count);
}
