import { membersOf } from '../../core/membersOf.ts';
import type { LowRule } from '../../core/quota/low.ts';
import { UNIT_CODES } from '../../core/quota/unit.ts';
import { parseQuietHours } from '../../core/warnings/quietHours.ts';
import { WARNING_KINDS } from '../../core/warnings/warning.ts';
import type { WarningRules } from '../../core/warnings/warningRules.ts';
import { settingEntries } from './settingEntries.ts';
import { isSetTo, readFlag, readNumber, readSetting, writeSetting } from './settingValues.ts';

/** Reads when to warn. What counts as low is the first threshold, so that bar and warning agree. */
export function readWarningRules(low: LowRule): WarningRules {
  const kinds = membersOf(readSetting('warnings.kinds'));
  const amounts = membersOf(readSetting('warnings.amounts'));
  const quietHours = readSetting('warnings.quietHours');
  return {
    enabled: areWarningsOn(),
    kinds: new Set(
      WARNING_KINDS.filter(kind =>
        typeof kinds[kind] === 'boolean' ? kinds[kind] : settingEntries['warnings.kinds'].default[kind],
      ),
    ),
    expiryDays: numbers(readSetting('warnings.expiryDays')) ?? [],
    percents: [low.percent, ...(numbers(readSetting('warnings.percents')) ?? [])],
    amounts: Object.fromEntries(
      UNIT_CODES.map(unit => [unit, [...given(low.amounts[unit]), ...(numbers(amounts[unit]) ?? [])]]),
    ),
    spendFactor: readNumber('warnings.spendFactor'),
    smallSpend: low.amounts,
    quietHours: typeof quietHours === 'string' ? parseQuietHours(quietHours) : undefined,
  };
}

/** Whether the user wants to be warned at all. */
export function areWarningsOn(): boolean {
  return readFlag('warnings.enabled');
}

/** Takes the off switch back, where the user has turned it. */
export async function switchWarningsOn(): Promise<void> {
  if (isSetTo('warnings.enabled', false)) await writeSetting('warnings.enabled', undefined);
}

function numbers(value: unknown): number[] | undefined {
  return Array.isArray(value) ? value.filter(each => Number.isFinite(each) && each >= 0) : undefined;
}

function given(value: number | undefined): number[] {
  return value === undefined ? [] : [value];
}
