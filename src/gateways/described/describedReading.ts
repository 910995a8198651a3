import { budgetOfWindows } from '../../core/quota/budgetOfWindows.ts';
import { failed } from '../../core/quota/failure.ts';
import type { CountedReading } from '../../core/quota/reading.ts';
import type { Unit, UnitOverride } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import { sanitizeSymbol } from '../site.ts';
import { describedWindow } from './describedWindow.ts';
import type { DescribedWindow, Description } from './description.ts';
import { timeAt } from './figures.ts';
import { searchesTooMuch } from './jsonPath.ts';
import { type MainFigures, mainFigures } from './mainFigures.ts';

/**
 * The reading that an answer is by a description. What cannot be read is named in `unreadable`, and is never 0.
 * @throws GatewayError `description-misses` where nothing can be read of what is left or used, `description-searches` where
 * that would take long.
 */
export function describedReading(
  name: string,
  description: Description,
  answer: unknown,
  now: number,
  override?: UnitOverride,
): CountedReading {
  if (searchesTooMuch(answer, pathsOf(description)))
    throw failed('unexpected', 'description-searches', { description: { name } });
  const count = countWindow(description);
  const main: MainFigures = count ? { missing: [], isKnown: false } : mainFigures(description, answer);
  const windows = [...(count ? [count] : []), ...(description.windows ?? [])].map(window =>
    describedWindow(window, answer, description),
  );
  const expiry = description.expiresAt === undefined ? undefined : timeAt(answer, description.expiresAt);
  const missing = [...main.missing, ...windows.flatMap(window => window.missing)];
  if (!main.isKnown && !windows.some(({ isKnown }) => isKnown)) {
    const [{ at, found } = {}] = missing;
    throw failed('unexpected', 'description-misses', { description: { name, at, found } });
  }
  const unreadable = [
    ...missing.map(({ at }) => at),
    ...(expiry?.found !== undefined ? (['expiresAt'] as const) : []),
  ];
  const { quota, account, counted } = main;
  const kept = windows.map(({ window }) => window);
  return {
    takenAt: isoTime(now),
    unit: unitOf(withSaidUnit(description, override)),
    quota,
    account,
    counted,
    expiresAt: expiry?.value,
    ...(kept.length > 0 && { windows: kept, budget: budgetOfWindows(kept) }),
    ...(unreadable.length > 0 && { unreadable }),
  };
}

function pathsOf({
  remaining,
  used,
  total,
  unlimited,
  expiresAt,
  windows = [],
}: Description): readonly string[] {
  const ofWindows = windows.flatMap(window => [window.used, window.limit, window.remaining, window.resetsAt]);
  return [remaining, used, total, unlimited, expiresAt, ...ofWindows].filter(path => path !== undefined);
}

/** Requests and per cent are no unit of spend, so that what is left of them in all is a window without a period. */
function countWindow(description: Description): DescribedWindow | undefined {
  const { unit, remaining, used, total, divisor = 1 } = description;
  const isCount = unit === 'requests' || unit === 'percent';
  if (!isCount || (remaining === undefined && used === undefined)) return undefined;
  return { name: 'total', used, limit: total, remaining, unit, divisor };
}

/** The unit of the settings for this address, where the description names none. */
function withSaidUnit(description: Description, { unit }: UnitOverride = {}): Description {
  return description.unit === undefined && (unit === 'USD' || unit === 'CNY')
    ? { ...description, unit }
    : description;
}

function unitOf({ unit = 'USD', symbol, windows = [] }: Description): Unit {
  switch (unit) {
    case 'USD':
    case 'CNY':
      return { code: unit, source: 'setting' };
    case 'tokens':
      return { code: 'TOKENS', source: 'setting' };
    case 'custom':
      return { code: 'CUSTOM', symbol: sanitizeSymbol(symbol), source: 'setting' };
    default: {
      // Neither description nor settings name the currency of money that stands beside requests and per cent.
      const hasMoney = windows.some(window => (window.unit ?? 'money') === 'money');
      return { code: 'USD', source: hasMoney ? 'default' : 'gateway' };
    }
  }
}
