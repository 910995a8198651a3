import { type BaseUrl, baseUrlOf } from '../input/baseUrl.ts';
import { needsAttention } from './attention.ts';
import type { KeyState } from './keyState.ts';

/** A line of the tree that can stand elsewhere: a key's, or a gateway's with all its keys. */
export type MovableLine = { readonly key: string } | { readonly baseUrl: BaseUrl };

/**
 * The order of all keys after a line has taken the place of another, as ids. A key stays at its gateway, and one that needs
 * attention among those that do, which stand apart. Undefined where nothing changes.
 */
export function orderAfterMove(
  keys: readonly KeyState[],
  moved: MovableLine,
  target: MovableLine,
  now: number,
): readonly string[] | undefined {
  const isApart = (line: MovableLine) =>
    'key' in line && keys.some(key => isLine(line)(key) && needsAttention(key, now));
  if (isApart(moved) !== isApart(target)) return undefined;
  const gateways = [...Map.groupBy(keys, baseUrlOf)];
  const [own, other] = [baseUrlAt(keys, moved), baseUrlAt(keys, target)];
  const ordered =
    'baseUrl' in moved
      ? movedTo(
          gateways,
          at => at[0] === own,
          at => at[0] === other,
        )
      : gateways.map(([baseUrl, members]) =>
          baseUrl === own && own === other
            ? ([baseUrl, movedTo(members, isLine(moved), 'key' in target ? isLine(target) : first)] as const)
            : ([baseUrl, members] as const),
        );
  const ids = ordered.flatMap(([, members]) => members.map(({ id }) => id));
  return ids.every((id, index) => id === keys[index]?.id) ? undefined : ids;
}

/** The line beside it, of those that stand below the same one. A key has neighbors of its own gateway only. */
export function neighborOf(
  keys: readonly KeyState[],
  line: MovableLine,
  direction: 'up' | 'down',
  now: number,
): MovableLine | undefined {
  const step = direction === 'up' ? -1 : 1;
  if ('baseUrl' in line) {
    const baseUrls = [...new Set(keys.map(baseUrlOf))];
    const baseUrl = besideIn(baseUrls, baseUrls.indexOf(line.baseUrl), step);
    return baseUrl === undefined ? undefined : { baseUrl };
  }
  const key = keys.find(isLine(line));
  if (!key) return undefined;
  const siblings = keys.filter(
    each => baseUrlOf(each) === baseUrlOf(key) && needsAttention(each, now) === needsAttention(key, now),
  );
  const beside = besideIn(siblings, siblings.indexOf(key), step);
  return beside && { key: beside.id };
}

const isLine =
  (line: { readonly key: string }) =>
  ({ id }: KeyState): boolean =>
    id === line.key;

const first = (_: unknown, index: number): boolean => index === 0;

function baseUrlAt(keys: readonly KeyState[], line: MovableLine): BaseUrl | undefined {
  if ('baseUrl' in line) return line.baseUrl;
  const key = keys.find(isLine(line));
  return key && baseUrlOf(key);
}

function besideIn<T>(items: readonly T[], index: number, step: number): T | undefined {
  return index < 0 ? undefined : items[index + step];
}

/** The items with one of them at the place of another; as they are where one of the two is not there. */
function movedTo<T>(
  items: readonly T[],
  isMoved: (item: T) => boolean,
  isTarget: (item: T, index: number) => boolean,
): readonly T[] {
  const [from, to] = [items.findIndex(isMoved), items.findIndex(isTarget)];
  const item = items[from];
  if (item === undefined || to < 0) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}
