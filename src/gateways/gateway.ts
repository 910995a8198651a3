import type { Ask } from '../http/boundClient.ts';
import type { CredentialType } from '../quota/key.ts';
import type { Reading } from '../quota/reading.ts';
import type { UnitOverride } from '../quota/unit.ts';
import type { Site } from './site.ts';

/** How many calls we allow ourselves in a window of time: at most half of what the gateway allows. */
export interface Limiter {
  readonly calls: number;
  readonly windowMs: number;
  /** How long to hold after a 429 that names no time and that our own log cannot explain. */
  readonly holdMs: number;
}

/** What a gateway needs to answer: the bound way to ask, and what is known about its units. */
export interface Visit {
  readonly ask: Ask;
  readonly credential: CredentialType;
  /** What the gateway says about itself; undefined when it could not be asked or does not say. */
  readonly site?: Site;
  /** The user's own word on units for this gateway. */
  readonly override?: UnitOverride;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** How one kind of gateway speaks. Everything outside `gateways/` knows kinds only through this. */
export interface Gateway {
  readonly kind: string;
  /** The product's own name; not translated. */
  readonly title: string;
  /** Where the service lives, when there is one place only. */
  readonly usualOrigin?: string;
  readonly credentials: readonly CredentialType[];
  readonly limiters: Readonly<Record<string, Limiter>>;
  /** The limiter of the first call that `read` makes. */
  readonly readLimiter: string;
  /** Asks what the gateway says about its units; absent when it has no such endpoint. */
  readonly readSite?: (ask: Ask) => Promise<Site>;
  /** Asks what is left on a key. Throws a `GatewayError`. */
  readonly read: (visit: Visit) => Promise<Reading>;
}
