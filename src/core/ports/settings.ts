import type { LowRule } from '../quota/low.ts';
import type { UnitOverride } from '../quota/unit.ts';
import type { Retention } from '../usage/retention.ts';

/** How requests to one gateway travel, as the user set it; see the setting `keyQuota.gateways`. */
export interface Route {
  /** `default` is VS Code's way, `direct` no proxy at all, anything else a proxy's address. */
  readonly proxy?: string;
  /** A file of certificates in PEM, trusted for this gateway in place of all others. */
  readonly caFile?: string;
  /** Plain http, for a gateway in a network of one's own. */
  readonly allowHttp?: boolean;
}

/** The user's settings for one gateway. */
export interface GatewaySettings extends UnitOverride, Route {
  readonly pollMinutes?: number;
  /**
   * How many machines ask from the same address; absent where that is learnt from refusals. Half a machine is one that has
   * the address for itself: all that the gateway allows is its, and not half of it.
   */
  readonly share?: number;
  /** Pages of the gateway for people; not checked yet, see `parseWebPage`. */
  readonly consoleUrl?: string;
  readonly topUpUrl?: string;
}

/** The settings that services need, with defaults applied and values within their bounds. */
export interface Settings {
  /** The interval between two checks of a key, before request budgets and backoff make it longer. */
  readonly pollMs: number;
  readonly timeoutMs: number;
  readonly low: LowRule;
  readonly retention: Retention;
  /** The day on which a month of spend begins, 1 to 28. */
  readonly monthBegins: number;
  /** The price paid per unit of list price, for the budget review; undefined when not set. */
  readonly listPriceRatio?: number;
  /** By base URL; the route by origin. */
  readonly gateways: ReadonlyMap<string, GatewaySettings>;
}
