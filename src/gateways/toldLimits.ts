import { budgetOfWindows } from '../core/quota/budgetOfWindows.ts';
import type { QuotaWindow } from '../core/quota/quotaWindow.ts';
import type { Quota, Reading } from '../core/quota/reading.ts';
import { round6 } from '../core/quota/unit.ts';
import { missingFiguresError } from './envelope.ts';
import { NO_LIMIT_FROM, parseNumber } from './fields.ts';
import type { GatewayContext } from './gatewayContext.ts';
import { quotaInDoubt } from './quotaInDoubt.ts';
import type { Json } from './wireJson.ts';

/** Where a limit and what was used of it are told. */
type Names = readonly [limit: string, used: string];

/** Limits that an answer tells side by side, each with what was used of it. 0, null and less than 0 stand for none. */
export class ToldLimits {
  readonly #json: Json;
  readonly #windows: QuotaWindow[] = [];
  #isUnreadable = false;

  constructor(json: Json) {
    this.#json = json;
  }

  /** null: none; undefined: not told, or in a form that nobody can read. */
  limit(name: string): number | null | undefined {
    const wire = this.#json[name];
    if (wire === undefined || wire === null) return wire;
    const limit = parseNumber(wire);
    if (limit === undefined) this.#isUnreadable = true;
    else if (limit <= 0 || limit >= NO_LIMIT_FROM) return null;
    return limit;
  }

  /** The amount used; undefined where it is not known, for which numbers below 0 and 999999999 stand. */
  used(name: string): number | undefined {
    const used = parseNumber(this.#json[name]);
    return used !== undefined && used >= 0 && used < NO_LIMIT_FROM ? used : undefined;
  }

  /** The key's own cap. */
  quota([limitName, usedName]: Names): Quota {
    const [granted, used] = [this.limit(limitName), this.used(usedName)];
    if (granted === null) return { unlimited: true, used };
    if (granted === undefined) return { unlimited: false, used };
    return {
      unlimited: false,
      granted,
      used,
      remaining: used === undefined ? undefined : round6(granted - used),
    };
  }

  /** Adds a window, where it has a limit. */
  add(window: Pick<QuotaWindow, 'name'> & Partial<QuotaWindow>, [limitName, usedName]: Names): void {
    const limit = this.limit(limitName);
    if (typeof limit === 'number')
      this.#windows.push({ unit: 'money', used: this.used(usedName), ...window, limit });
  }

  /**
   * The reading, in dollars.
   * @throws GatewayError where nothing was told.
   */
  reading(context: GatewayContext, quota: Quota, more: Partial<Reading>): Reading {
    const windows = this.#windows;
    const { unlimited, granted = quota.used } = quota;
    if (!unlimited && granted === undefined && windows.length === 0)
      throw missingFiguresError(this.#json, 200);
    return {
      takenAt: new Date(context.now()).toISOString(),
      unit: { code: 'USD', source: 'gateway' },
      quota: quotaInDoubt(quota, this.#isUnreadable),
      ...(windows.length > 0 && { windows, budget: budgetOfWindows(windows) }),
      // A limit that could not be read may be the one that binds.
      ...(this.#isUnreadable && { unreadable: ['budget'] as const }),
      ...more,
    };
  }
}
