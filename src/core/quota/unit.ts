/** What an amount is counted in. `UNITS` are a gateway's raw quota units, `CUSTOM` its own currency. */
export const UNIT_CODES = ['USD', 'CNY', 'TOKENS', 'UNITS', 'CUSTOM'] as const;

export type UnitCode = (typeof UNIT_CODES)[number];

/**
 * What a quota window can be counted in besides: never money, and no unit of spend, so that no sum, ledger, spending
 * limit or review takes them.
 */
const COUNT_CODES = ['REQUESTS', 'PERCENT'] as const;

/** Who says what the unit is: the gateway itself, our fallback (marked on screen), or the user's setting. */
export const UNIT_SOURCES = ['gateway', 'default', 'setting'] as const;

/** The unit of amounts of spend. */
export interface Unit {
  readonly code: UnitCode;
  /** The symbol the gateway shows, for `CUSTOM` only. */
  readonly symbol?: string;
  readonly source: (typeof UNIT_SOURCES)[number];
}

/** A count of requests, or per cent of a limit that the gateway does not name. */
interface CountUnit {
  readonly code: (typeof COUNT_CODES)[number];
  readonly symbol?: undefined;
  readonly source: 'gateway';
}

/** The unit of a figure that leads: of spend, or of a quota window. */
export type FigureUnit = Unit | CountUnit;

/** How to turn a gateway's numbers into amounts of a unit. */
export interface Scale {
  readonly unit: Unit;
  /** The gateway's numbers per one unit on screen; 1 when the numbers already are in that unit. */
  readonly perUnit: number;
}

/** Ways in which the user can have a gateway's numbers read. */
export const UNIT_OVERRIDES = ['auto', 'USD', 'CNY', 'display', 'units'] as const;

/** The user's own word on a gateway's units; anything absent stays as the gateway says. */
export interface UnitOverride {
  readonly unit?: (typeof UNIT_OVERRIDES)[number];
  readonly unitsPerDollar?: number;
}

/** Quota units per dollar that can be meant; with others no figure could be read on any screen. */
export const SCALES = [1e-3, 1e12] as const;

const EXACT = 1e6;

type NamedUnit = Pick<FigureUnit, 'code' | 'symbol'>;

/** Whether amounts in two units can be compared and added: an absent symbol is the same as an empty one. */
export function isSameUnit(a: NamedUnit, b: NamedUnit): boolean {
  return unitId(a) === unitId(b);
}

/** A unit as a column of a table names it: a code, or a gateway's own symbol. */
export function unitName({ code, symbol }: NamedUnit): string {
  return code === 'CUSTOM' && symbol ? symbol : code;
}

/** A name for a unit, equal for units that are the same. */
export function unitId({ code, symbol = '' }: NamedUnit): string {
  return code + symbol;
}

/** Whether spend is counted in a unit. */
export function isSpendUnit(unit: FigureUnit): unit is Unit {
  return !COUNT_CODES.some(code => code === unit.code);
}

/** Beyond this many millionths a double holds no 6 decimals, and rounding would only add noise. */
const EXACT_BELOW = 2 ** 51;

/** Rounded to 6 decimals: what the wire really carries, without the noise of binary division. */
export function round6(amount: number): number {
  const scaled = amount * EXACT;
  return Math.abs(scaled) < EXACT_BELOW ? Math.round(scaled) / EXACT + 0 : amount;
}

/** Amounts that differ by no more may be the same: each is rounded to 6 decimals, and so is their difference. */
export const ROUNDING = 2e-6;

/** A gateway's number as an amount in the unit of `scale`. */
export function amountOf(raw: number, scale: Scale): number {
  return round6(raw / scale.perUnit);
}
