import { type Headroom, headroomOf } from '../../../core/quota/headroom.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import type { Reading } from '../../../core/quota/reading.ts';
import { type FigureUnit, UNIT_CODES, type UnitCode } from '../../../core/quota/unit.ts';
import { SPENDING_PERIODS } from '../../../core/spendingLimits/period.ts';
import { spendingProgress } from '../../../core/spendingLimits/spendingProgress.ts';
import { type Family, type KeyValue, keyFamily, type Measured } from './family.ts';

/** An amount in a unit, which is a metric of its own: amounts in two units are never added. */
interface Amount {
  readonly value: number | undefined;
  readonly unit: Pick<FigureUnit, 'code' | 'symbol'>;
  readonly more?: Readonly<Record<string, string>>;
}

/** A kind of amount: its name, its help text, and its value for a key. */
interface AmountKind {
  readonly name: string;
  readonly help: string;
  readonly more?: readonly string[];
  readonly amountsOf: (state: KeyState, measured: Measured) => readonly Amount[];
}

const KINDS: readonly AmountKind[] = [
  {
    name: 'remaining',
    help: 'What a key can still spend, by what binds: its quota, its budget, a quota window or its account. Absent where it is unlimited or unknown.',
    amountsOf: ofReading(reading => {
      const { remaining, unit } = headroomOf(reading);
      return [{ value: remaining, unit }];
    }),
  },
  {
    name: 'limit',
    help: 'What the remaining amount is a part of.',
    amountsOf: ofReading(reading => {
      const headroom = headroomOf(reading);
      return [{ value: headroom.total ?? ownQuota(headroom, reading)?.granted, unit: headroom.unit }];
    }),
  },
  {
    name: 'usage',
    help: 'What was used of it. It resets with a budget or a window.',
    amountsOf: ofReading(reading => {
      const headroom = headroomOf(reading);
      return [{ value: headroom.used ?? ownQuota(headroom, reading)?.used, unit: headroom.unit }];
    }),
  },
  {
    name: 'account_balance',
    help: 'What the account behind a key has.',
    amountsOf: ofReading(({ account, unit }) =>
      account?.balances
        ? account.balances.map(({ amount, unit: code }) => ({
            value: amount,
            unit: { code, ...(code === unit.code && unit.symbol !== undefined && { symbol: unit.symbol }) },
          }))
        : [{ value: account?.balance, unit }],
    ),
  },
  {
    name: 'spend',
    help: 'What a key spent in the period until now, by the calendar of the server. Absent while a part of the period is not known.',
    more: ['period'],
    amountsOf: ({ reading, spend }, { now, monthBegins }) =>
      reading && spend
        ? SPENDING_PERIODS.map(period => {
            const limit = { scope: { of: 'currency' }, period, amount: 1, unit: reading.unit } as const;
            const { spent, complete } = spendingProgress(limit, spend, now, monthBegins);
            return { value: complete ? spent : undefined, unit: reading.unit, more: { period } };
          })
        : [],
  },
];

/** The key's own quota, unless something else binds: then it says nothing about that. */
function ownQuota({ from }: Headroom, { quota }: Reading): Reading['quota'] {
  return from === 'quota' || from === 'none' ? quota : undefined;
}

/** Amounts: a metric for each kind and unit. */
export const amountFamilies: readonly Family[] = KINDS.flatMap(kind =>
  UNIT_CODES.map(code => amountFamily(kind, code)),
);

function amountFamily({ name, help, more = [], amountsOf }: AmountKind, code: UnitCode): Family {
  return keyFamily(
    {
      name: `key_quota_${name}_${code.toLowerCase()}`,
      unit: `{${code}}`,
      help,
      more: code === 'CUSTOM' ? [...more, 'symbol'] : more,
    },
    (state, measured) =>
      amountsOf(state, measured)
        .filter(({ unit }) => unit.code === code)
        .map(
          ({ value, unit, more: labels }): KeyValue => ({
            value,
            more: code === 'CUSTOM' ? { ...labels, symbol: unit.symbol ?? '' } : labels,
          }),
        ),
  );
}

function ofReading(amountsOf: (reading: Reading) => readonly Amount[]): AmountKind['amountsOf'] {
  return ({ reading }) => (reading ? amountsOf(reading) : []);
}
