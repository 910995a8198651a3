import { addressOf, type BaseUrl, baseUrlOf } from '../input/baseUrl.ts';
import { domainAndPathOf, isAccountCredential, placeOf } from '../quota/accountOfKey.ts';
import type { KeySpend, KeyState } from '../quota/keyState.ts';
import { serversOf } from '../quota/serversOf.ts';
import { round6, type Unit, unitId } from '../quota/unit.ts';
import { countedTwice } from './countedTwice.ts';
import { sharedBalance } from './sharedBalance.ts';

/** What several keys spent, in one unit. */
export interface SpendSum extends KeySpend {
  readonly unit: Unit;
  /** The host of the gateway, where its unit is another one at each. */
  readonly gateway?: string;
  /** `accounts` and `keys` stand beside each other where the same spend may be in both. */
  readonly of: 'all' | 'accounts' | 'keys';
  /** What is known of each key that counts. */
  readonly members: readonly KeySpend[];
  /** Keys in this unit of which nothing is known. */
  readonly missing: number;
  /** Labels of keys that may be the same one at two addresses; absent where there are none. */
  readonly twice?: readonly string[];
  /** Labels of keys that may have one balance, which each of them spends; absent where there are none. */
  readonly sharing?: readonly string[];
}

interface Spender {
  readonly key: KeyState;
  readonly unit: Unit;
  readonly spend: KeySpend | undefined;
}

/**
 * Sums by unit, which are never converted. A key that its account lists is in the account's sum and in no other. Where
 * it is not known whether a key belongs to a watched account, accounts and keys are two sums.
 */
export function spendSums(keys: readonly KeyState[]): readonly SpendSum[] {
  const sums = sumsOf.get(keys) ?? makeSums(keys);
  sumsOf.set(keys, sums);
  return sums;
}

/** By snapshot: several lines of a tooltip are about the same sums, and it is made again as time passes. */
const sumsOf = new WeakMap<readonly KeyState[], readonly SpendSum[]>();

function makeSums(keys: readonly KeyState[]): readonly SpendSum[] {
  const spenders = countedOnce(keys).flatMap((key): Spender[] => {
    const { reading, spend } = key;
    return reading ? [{ key, unit: reading.unit, spend }] : [];
  });
  // In an order that stays as more keys are counted in those of their accounts.
  const order = [...new Set(keys.flatMap(({ reading }) => (reading ? [unitId(reading.unit)] : [])))];
  const placeOfUnit = ([first]: readonly Spender[]) => (first ? order.indexOf(unitId(first.unit)) : 0);
  const byUnit = [...Map.groupBy(spenders, countedIn).values()];
  return byUnit
    .sort((a, b) => placeOfUnit(a) - placeOfUnit(b))
    .flatMap(ofUnit => {
      if (ofUnit.every(({ spend }) => !spend)) return [];
      const [accounts, own] = [ofUnit.filter(isAccount), ofUnit.filter(each => !isAccount(each))];
      // Checked once for all keys, not once for each account, since there may be a thousand keys.
      const mayOverlap = accounts.length > 0 && mayHold(accounts, own);
      return mayOverlap ? [sumOf(accounts, 'accounts'), sumOf(own, 'keys')] : [sumOf(ofUnit, 'all')];
    });
}

/** Without the keys whose spend is in that of their account, and without servers, which spend nothing. */
export function countedOnce(all: readonly KeyState[]): readonly KeyState[] {
  const servers = serversOf(all);
  const keys = all.filter(({ id }) => !servers.has(id));
  const counted = new Set(keys.filter(({ spend }) => spend).map(({ id }) => id));
  return keys.filter(({ readFrom, separatedFrom, listedBy }) => {
    const account = readFrom ?? separatedFrom ?? listedBy;
    return account === undefined || !counted.has(account.id);
  });
}

/** Raw quota units of two gateways are different units. */
function countedIn({ key, unit }: Spender): string {
  return unit.code === 'UNITS' ? `${unitId(unit)} ${gatewayAddressOf(key)}` : unitId(unit);
}

/** Where the gateway of a key stands, to be shown: behind a server it is another address. */
export function gatewayAddressOf(key: KeyState): string {
  return (key.via && key.reading?.gatewayName) || addressOf(baseUrlOf(key));
}

/**
 * Whether one of the keys may belong to one of the accounts. For a server's key, the address of its gateway is known
 * but not the kind.
 */
function mayHold(accounts: readonly Spender[], keys: readonly Spender[]): boolean {
  const [served, own] = [accounts.filter(isServed), accounts.filter(each => !isServed(each))];
  const placesOfOwn = new Set(own.map(({ key }) => placeOf({ kind: key.kind, baseUrl: baseUrlOf(key) })));
  const addressesOfServed = new Set(served.map(gatewayOf));
  const addresses = new Set(accounts.map(gatewayOf));
  return keys.some(each =>
    isServed(each)
      ? addresses.has(gatewayOf(each))
      : placesOfOwn.has(placeOf({ kind: each.key.kind, baseUrl: baseUrlOf(each.key) })) ||
        addressesOfServed.has(gatewayOf(each)),
  );
}

function isServed({ key }: Spender): boolean {
  return key.via !== undefined;
}

/** Where the gateway of a key is; of one that is not told, where its server is. */
function gatewayOf(spender: Spender): string {
  const { key } = spender;
  const url = `https://${key.reading?.gatewayName}`;
  return domainAndPathOf(isServed(spender) && URL.canParse(url) ? (url as BaseUrl) : baseUrlOf(key));
}

function isAccount({ key }: Spender): boolean {
  return isAccountCredential(key.credential) && key.spend !== undefined;
}

function sumOf(spenders: readonly Spender[], of: SpendSum['of']): SpendSum {
  const known = spenders.flatMap(({ spend }) => spend ?? []);
  const days = (known[0]?.days ?? []).map(() => 0);
  let [today, week, calendarWeek, month] = [0, 0, 0, 0];
  for (const spend of known) {
    today += spend.today;
    week += spend.week;
    calendarWeek += spend.calendarWeek;
    month += spend.month;
    for (let index = 0; index < days.length; index++)
      days[index] = (days[index] ?? 0) + (spend.days[index] ?? 0);
  }
  const missing = spenders.length - known.length;
  const counted = spenders.flatMap(({ key, spend }) => (spend ? [key] : []));
  const [twice, sharing] = [countedTwice(counted), sharedBalance(counted)];
  const ends = known.flatMap(({ until }) => until ?? []).toSorted();
  const undividedAt = new Set(known.flatMap(spend => spend.undividedAt ?? []));
  const [first] = spenders;
  return {
    unit: first?.unit ?? { code: 'UNITS', source: 'default' },
    ...(first?.unit.code === 'UNITS' && { gateway: gatewayAddressOf(first.key) }),
    of,
    members: known,
    missing,
    ...(twice.length > 0 && { twice }),
    ...(sharing.length > 0 && { sharing }),
    today: round6(today),
    week: round6(week),
    calendarWeek: round6(calendarWeek),
    month: round6(month),
    ...(known[0]?.monthFrom !== undefined && { monthFrom: known[0].monthFrom }),
    since: known.reduce((latest, { since }) => (since > latest ? since : latest), ''),
    ...(ends[0] !== undefined && { until: ends[0] }),
    ...(undividedAt.size > 0 && { undividedAt: [...undividedAt] }),
    complete: missing === 0 && known.every(({ complete }) => complete),
    days: days.map(round6),
  };
}
