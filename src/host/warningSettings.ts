import * as vscode from 'vscode';
import { parseQuietHours } from '../quota/quietHours.ts';
import type { LowRule } from '../quota/status.ts';
import type { UnitCode } from '../quota/unit.ts';
import { WARNING_KINDS, type WarningKind } from '../quota/warning.ts';
import type { KeyRules, WarningRules } from '../quota/warningRules.ts';
import { SECTION } from './settings.ts';

const UNITS: readonly UnitCode[] = ['USD', 'CNY', 'TOKENS', 'UNITS', 'CUSTOM'];
const ON_AS_USUAL: ReadonlySet<WarningKind> = new Set(WARNING_KINDS.filter(kind => kind !== 'refill'));

/** Reads when to warn. What counts as low is the first threshold, so that bar and warning agree. */
export function readWarningRules(low: LowRule): WarningRules {
  const section = vscode.workspace.getConfiguration(SECTION);
  const kinds = section.get<Record<string, unknown>>('warnings.kinds', {});
  const amounts = section.get<Record<string, unknown>>('warnings.amounts', {});
  return {
    enabled: section.get<boolean>('warnings.enabled', true) !== false,
    kinds: new Set(
      WARNING_KINDS.filter(kind => (typeof kinds[kind] === 'boolean' ? kinds[kind] : ON_AS_USUAL.has(kind))),
    ),
    expiryDays: numbers(section.get<unknown>('warnings.expiryDays', [7, 3, 1])) ?? [],
    percents: [low.percent, ...(numbers(section.get<unknown>('warnings.percents', [5])) ?? [])],
    amounts: Object.fromEntries(
      UNITS.map(unit => [unit, [...given(low.amounts[unit]), ...(numbers(amounts[unit]) ?? [])]]),
    ),
    spendFactor: Math.max(0, Number(section.get<number>('warnings.spendFactor', 3)) || 0),
    smallSpend: low.amounts,
    quietHours: parseQuietHours(String(section.get<string>('warnings.quietHours', ''))),
    keys: keyRules(section.get<unknown>('warnings.keys', {})),
  };
}

/** Turns the off switch. */
export async function setWarningsEnabled(enabled: boolean): Promise<void> {
  // The default is not written down.
  await write('warnings.enabled', enabled ? undefined : false);
}

/** Writes what the user wants for one key; undefined: as for all. */
export async function setKeyRules(name: string, rules: KeyRules | undefined): Promise<void> {
  const { [name]: _before, ...others } = ownWords();
  const keys = rules ? { ...others, [name]: rules } : others;
  await write('warnings.keys', Object.keys(keys).length > 0 ? keys : undefined);
}

/** Lets a key keep what the user wants for it under its new label; another key may still have the old one. */
export async function moveKeyRules(before: string, after: string, isShared: boolean): Promise<void> {
  const { [before]: rules, ...others } = ownWords();
  if (rules === undefined || before === after) return;
  await write('warnings.keys', { ...others, ...(isShared && { [before]: rules }), [after]: rules });
}

function ownWords(): Readonly<Record<string, unknown>> {
  const words = vscode.workspace.getConfiguration(SECTION).inspect<unknown>('warnings.keys')?.globalValue;
  return typeof words === 'object' && words !== null ? { ...words } : {};
}

async function write(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(SECTION).update(name, value, vscode.ConfigurationTarget.Global);
}

function keyRules(raw: unknown): Map<string, KeyRules> {
  if (typeof raw !== 'object' || raw === null) return new Map();
  return new Map(
    Object.entries(raw).flatMap(([name, rules]: [string, unknown]) =>
      typeof rules === 'object' && rules !== null ? [[name, keyRule(rules as Record<string, unknown>)]] : [],
    ),
  );
}

function keyRule({ off, percents, amounts, expiryDays }: Readonly<Record<string, unknown>>): KeyRules {
  return {
    off: Array.isArray(off) ? WARNING_KINDS.filter(kind => off.includes(kind)) : off === true,
    percents: numbers(percents),
    amounts: numbers(amounts),
    expiryDays: numbers(expiryDays),
  };
}

function numbers(value: unknown): number[] | undefined {
  return Array.isArray(value) ? value.filter(each => Number.isFinite(each) && each >= 0) : undefined;
}

function given(value: number | undefined): number[] {
  return value === undefined ? [] : [value];
}
