import * as vscode from 'vscode';
import { parseQuietHours } from '../quota/quietHours.ts';
import type { LowRule } from '../quota/status.ts';
import type { UnitCode } from '../quota/unit.ts';
import { WARNING_KINDS, type WarningKind } from '../quota/warning.ts';
import type { WarningRules } from '../quota/warningRules.ts';
import { areWarningsOn, SECTION } from './settings.ts';

const UNITS: readonly UnitCode[] = ['USD', 'CNY', 'TOKENS', 'UNITS', 'CUSTOM'];
const ON_AS_USUAL: ReadonlySet<WarningKind> = new Set(WARNING_KINDS.filter(kind => kind !== 'refill'));

/** Reads when to warn. What counts as low is the first threshold, so that bar and warning agree. */
export function readWarningRules(low: LowRule): WarningRules {
  const section = vscode.workspace.getConfiguration(SECTION);
  const kinds = section.get<Record<string, unknown>>('warnings.kinds', {});
  const amounts = section.get<Record<string, unknown>>('warnings.amounts', {});
  return {
    enabled: areWarningsOn(),
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
  };
}

/** Takes the off switch back, where the user has turned it. */
export async function switchWarningsOn(): Promise<void> {
  const section = vscode.workspace.getConfiguration(SECTION);
  if (section.inspect<boolean>('warnings.enabled')?.globalValue !== false) return;
  await section.update('warnings.enabled', undefined, vscode.ConfigurationTarget.Global);
}

function numbers(value: unknown): number[] | undefined {
  return Array.isArray(value) ? value.filter(each => Number.isFinite(each) && each >= 0) : undefined;
}

function given(value: number | undefined): number[] {
  return value === undefined ? [] : [value];
}
