import type { Clock } from './clock.ts';
import type { Limiters } from './limits.ts';
import type { Settings } from './settings.ts';
import type { SiteStatus } from './siteStatus.ts';
import type { Holdings } from './state/holdings.ts';
import type { Call } from './wire/call.ts';
import type { Reply } from './wire/reply.ts';

/** The software at an origin: from a call to a reply. */
export interface Site {
  answer(call: Call): Reply;
  /** The handle of the key that asks, where no header tells. */
  callerOf?(call: Call): string | undefined;
  /** What it answers of models itself: their list, or calls to them as well. */
  readonly answersModels?: 'list' | 'calls';
  /** What the software adds to every reply that passes through it: headers, compression. */
  dress(reply: Reply, call: Call): Reply;
}

/** What every site is built from; all of it may change between two calls. */
export interface SiteParts {
  readonly holdings: Holdings;
  readonly status: SiteStatus;
  readonly settings: Settings;
  readonly limiters: Limiters;
  readonly clock: Clock;
}
