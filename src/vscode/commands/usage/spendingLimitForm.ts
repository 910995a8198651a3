import * as l10n from '@vscode/l10n';
import { sortedByAttention } from '../../../core/quota/attention.ts';
import { isSameUnit, type Unit, unitId, unitName } from '../../../core/quota/unit.ts';
import { SPENDING_PERIODS, type SpendingPeriod } from '../../../core/spendingLimits/period.ts';
import {
  LEAST_LIMIT,
  type LimitUnit,
  type SpendingLimit,
  type SpendingScope,
} from '../../../core/spendingLimits/spendingLimit.ts';
import { amountText } from '../../../text/amount.ts';
import { askText, pickOne } from '../../host/forms.ts';
import { shownItem } from '../../host/shownItem.ts';
import type { CommandParts } from '../commandParts.ts';
import { offerAddKey } from '../keys/offerAddKey.ts';
import { quickPickItem, requireKey } from '../keys/pickKey.ts';

/** Whose spend is limited, and in which unit. */
export interface Spender {
  readonly scope: SpendingScope;
  readonly unit: LimitUnit;
  /** As a title of a question. */
  readonly name: string;
}

/** The key or currency of an argument, else what the user picks; undefined when they pick none. */
export async function chooseSpender(
  parts: CommandParts,
  { key, currency }: { readonly key?: string; readonly currency?: string },
): Promise<Spender | undefined> {
  if (key !== undefined) return ofKey(parts, key);
  if (currency !== undefined) return ofCurrency(parts, currency);
  const { monitor, clock } = parts;
  if (monitor.snapshot.length === 0) {
    void offerAddKey();
    return undefined;
  }
  const currencies = unitsOf(parts).map(unit => ({
    ...shownItem({ icon: 'organization', label: allKeysText(unit) }),
    choose: () => allKeysOf(unit),
  }));
  const now = clock.now();
  const keys = sortedByAttention(monitor.snapshot, now).map(state => ({
    ...quickPickItem(state, now),
    choose: () => ofKey(parts, state.id),
  }));
  const picked = await pickOne([...currencies, ...keys], {
    title: l10n.t('Spending Limit'),
    placeHolder: l10n.t('Whose spend?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.choose();
}

/** The limits that a key or currency has. */
export function limitsOf({ limitService }: CommandParts, { scope, unit }: Spender): readonly SpendingLimit[] {
  return limitService.limits.filter(limit =>
    scope.of === 'key'
      ? limit.scope.of === 'key' && limit.scope.keyId === scope.keyId
      : limit.scope.of === 'currency' && isSameUnit(limit.unit, unit),
  );
}

export async function askPeriod(parts: CommandParts, spender: Spender): Promise<SpendingPeriod | undefined> {
  const limits = limitsOf(parts, spender);
  const items = SPENDING_PERIODS.map(period => ({
    ...shownItem({
      label: periodName(period),
      description: textOf(limits.find(limit => limit.period === period)),
    }),
    period,
  }));
  return (await pickOne(items, { title: spender.name, placeHolder: l10n.t('For which period?') }))?.period;
}

/** Asks for an amount; an empty answer is null, which removes the limit. */
export async function askAmount(
  parts: CommandParts,
  spender: Spender,
  period: SpendingPeriod,
): Promise<number | null | undefined> {
  const before = limitsOf(parts, spender).find(limit => limit.period === period);
  const text = await askText({
    title: `${spender.name} · ${periodName(period)}`,
    value: before === undefined ? '' : digitsOf(before.amount),
    prompt: l10n.t('How much, in {0}? Leave it empty for no limit.', unitName(spender.unit)),
    validateInput: input => (parseAmount(input) === undefined ? amountRequired() : undefined),
  });
  return text === undefined ? undefined : parseAmount(text);
}

function amountRequired(): string {
  return l10n.t('A number of at least 0.000001, such as 5 or 12.50.');
}

/** An amount as a person types it: without an exponent. */
function digitsOf(amount: number): string {
  return amount.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 });
}

/** Undefined for what is no amount. A comma may be meant for thousands or for decimals, so it is none. */
function parseAmount(input: string): number | null | undefined {
  const text = input.trim();
  if (text === '') return null;
  const amount = /^\d*\.?\d+$/.test(text) ? Number(text) : 0;
  return amount >= LEAST_LIMIT && Number.isFinite(amount) ? amount : undefined;
}

/** A key that was never read keeps the unit of its limits, else nobody knows what its amounts are counted in. */
function ofKey({ keyService, monitor, limitService }: CommandParts, id: string): Spender {
  const { label } = requireKey(keyService.findById(id), id);
  const scope: SpendingScope = { of: 'key', keyId: id };
  const before = limitService.limits.find(limit => limit.scope.of === 'key' && limit.scope.keyId === id);
  const unit = monitor.snapshot.find(state => state.id === id)?.reading?.unit ?? before?.unit;
  if (!unit) {
    throw new Error(l10n.t('“{0}” has not been read yet, so its unit is unknown.', label));
  }
  return { scope, unit: limitUnit(unit), name: l10n.t('Spending Limit for “{0}”', label) };
}

/** @throws a sentence that names the currencies there are; not the one that was asked for, which may be anything. */
function ofCurrency(parts: CommandParts, currency: string): Spender {
  const units = unitsOf(parts);
  const unit = units.find(each => unitName(each).toLowerCase() === currency.trim().toLowerCase());
  if (!unit) {
    const names = units.map(unitName).join(', ');
    throw new Error(
      l10n.t('None of your keys is counted in that currency. Your currencies: {0}.', names || '–'),
    );
  }
  return allKeysOf(unit);
}

function allKeysOf(unit: LimitUnit): Spender {
  return {
    scope: { of: 'currency' },
    unit,
    name: l10n.t('Spending Limit for All Keys in {0}', unitName(unit)),
  };
}

function allKeysText(unit: LimitUnit): string {
  return l10n.t('All Keys in {0}', unitName(unit));
}

/**
 * The units of keys, and those with a limit although no key has them any more. Raw quota units are none: those of two
 * gateways differ, and cannot be added.
 */
function unitsOf({ monitor, limitService }: CommandParts): readonly LimitUnit[] {
  const used = monitor.snapshot
    .flatMap(({ reading }) => (reading ? [reading.unit] : []))
    .filter(({ code }) => code !== 'UNITS');
  const limited = limitService.limits.filter(({ scope }) => scope.of === 'currency').map(({ unit }) => unit);
  return [...new Map([...used, ...limited].map(unit => [unitId(unit), limitUnit(unit)])).values()];
}

function limitUnit({ code, symbol }: LimitUnit): LimitUnit {
  return symbol === undefined ? { code } : { code, symbol };
}

function periodName(period: SpendingPeriod): string {
  switch (period) {
    case 'day':
      return l10n.t('A Day');
    case 'week':
      return l10n.t('A Week, from Monday');
    case 'month':
      return l10n.t('A Month');
  }
}

function textOf(limit: SpendingLimit | undefined): string {
  if (!limit) return '';
  const unit: Unit = { ...limit.unit, source: 'setting' };
  return amountText(limit.amount, unit);
}
