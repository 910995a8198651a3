import { membersOf } from '../../core/membersOf.ts';
import type { LowRule } from '../../core/quota/low.ts';
import { UNIT_CODES } from '../../core/quota/unit.ts';
import { parseQuietHours } from '../../core/warnings/quietHours.ts';
import { WARNING_KINDS } from '../../core/warnings/warning.ts';
import type { WarningRules } from '../../core/warnings/warningRules.ts';
import { settingEntries } from './settingEntries.ts';
import { readMonthBegins } from './settings.ts';
import { isSetTo, readFlag, readNumber, readSetting, writeSetting } from './settingValues.ts';

/** Reads when to warn. The first threshold decides what counts as low, so that status bar and warnings agree. */
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
      UNIT_CODES.map(unit => [unit, [...listIfSet(low.amounts[unit]), ...(numbers(amounts[unit]) ?? [])]]),
    ),
    spendFactor: readNumber('warnings.spendFactor'),
    smallSpend: low.amounts,
    limitPercents: numbers(readSetting('spending.warnAt')) ?? [],
    monthBegins: readMonthBegins(),
    quietHours: typeof quietHours === 'string' ? parseQuietHours(quietHours) : undefined,
  };
}

/** Whether warnings are switched on. */
export function areWarningsOn(): boolean {
  return readFlag('warnings.enabled');
}

/** Whether messages to the webhook may name keys, and tell amounts and addresses. */
export function areWebhookNamesAllowed(): boolean {
  return readFlag('webhook.names');
}

/** Switches warnings on, where the user has switched them off. */
export async function switchWarningsOn(): Promise<void> {
  if (isSetTo('warnings.enabled', false)) await writeSetting('warnings.enabled', undefined);
}

function numbers(value: unknown): number[] | undefined {
  return Array.isArray(value) ? value.filter(each => Number.isFinite(each) && each >= 0) : undefined;
}

function listIfSet(value: number | undefined): number[] {
  return value === undefined ? [] : [value];
}
