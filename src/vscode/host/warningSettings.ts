import * as vscode from 'vscode';
import type { LowRule } from '../../core/quota/status.ts';
import { parseQuietHours } from '../../core/warnings/quietHours.ts';
import { WARNING_KINDS, type WarningKind } from '../../core/warnings/warning.ts';
import type { WarningRules } from '../../core/warnings/warningRules.ts';
import { areWarningsOn, membersOf, numberIn, SECTION, UNIT_CODES } from './settings.ts';

const ON_AS_USUAL: ReadonlySet<WarningKind> = new Set(WARNING_KINDS.filter(kind => kind !== 'refill'));

/** Reads when to warn. What counts as low is the first threshold, so that bar and warning agree. */
export function readWarningRules(low: LowRule): WarningRules {
  const section = vscode.workspace.getConfiguration(SECTION);
  const kinds = membersOf(section.get<unknown>('warnings.kinds', {}));
  const amounts = membersOf(section.get<unknown>('warnings.amounts', {}));
  const quietHours = section.get<unknown>('warnings.quietHours', '');
  return {
    enabled: areWarningsOn(),
    kinds: new Set(
      WARNING_KINDS.filter(kind => (typeof kinds[kind] === 'boolean' ? kinds[kind] : ON_AS_USUAL.has(kind))),
    ),
    expiryDays: numbers(section.get<unknown>('warnings.expiryDays', [7, 3, 1])) ?? [],
    percents: [low.percent, ...(numbers(section.get<unknown>('warnings.percents', [5])) ?? [])],
    amounts: Object.fromEntries(
      UNIT_CODES.map(unit => [unit, [...given(low.amounts[unit]), ...(numbers(amounts[unit]) ?? [])]]),
    ),
    spendFactor: numberIn('warnings.spendFactor', 3, 0, 1000),
    smallSpend: low.amounts,
    quietHours: typeof quietHours === 'string' ? parseQuietHours(quietHours) : undefined,
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
