import type { TlsKind } from './certificate.ts';
import type { Clock } from './clock.ts';
import type { GatewayKind } from './kinds.ts';
import type { LimiterMode } from './limiter.ts';
import type { LimitOptions } from './limits.ts';
import type { VersionName } from './newApi/version.ts';
import type { ScenarioTable } from './scenarios/scenario.ts';
import type { Settings } from './settings.ts';
import type { SiteStatus } from './siteStatus.ts';
import type { AccountFigures } from './state/accountState.ts';
import type { Holdings } from './state/holdings.ts';

/** An account with keys of its own. */
interface AccountSpec extends AccountFigures {
  name: string;
  keys?: ScenarioTable;
}

/** How a sample gateway starts; nothing is needed. */
export interface GatewayOptions {
  kind?: GatewayKind;
  /** The release to imitate; each kind has its own default. */
  version?: VersionName;
  clock?: Clock;
  /** Off when absent: most tests ask more often than a gateway allows. Named parts override the real ones. */
  limits?: LimitOptions;
  limiterMode?: LimiterMode;
  status?: SiteStatus;
  settings?: Partial<Settings>;
  /** The scenarios to have keys for: all of the kind when absent, or a table of one's own. */
  scenarios?: 'all' | 'none' | ScenarioTable;
  accounts?: AccountSpec[];
  /** What another gateway holds, when both are addresses of one site. */
  holdings?: Holdings;
  /** A port, or any free one. */
  port?: number;
  /** Where redirects to another origin lead. */
  elsewhere?: string;
  tls?: TlsKind;
  /** How long every reply is under way. */
  latencyMs?: number;
}
