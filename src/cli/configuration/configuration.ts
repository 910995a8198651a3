import type { BaseUrl } from '../../core/input/baseUrl.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { CredentialType } from '../../core/quota/key.ts';
import type { SpendingLimit } from '../../core/spendingLimits/spendingLimit.ts';
import type { ProxyLogin } from '../../http/parseProxy.ts';
import type { ListenAddress } from './listenAddress.ts';
import type { OtlpSettings } from './otlpSettings.ts';

/** Who may read `/v1/keys`. */
export interface Reader {
  readonly name: string;
  readonly token: string;
  /** Names of keys, in which `*` stands for any characters. */
  readonly patterns: readonly string[];
}

/** Who may scrape `/metrics`. */
export interface Scraper {
  readonly name: string;
  readonly token: string;
}

/** A key with its secret, as it was read. */
export interface ConfiguredKey {
  readonly name: string;
  readonly kind: string;
  readonly baseUrl: BaseUrl;
  readonly credential: CredentialType;
  readonly userId?: string | undefined;
  readonly secret: string;
  readonly limits: readonly Omit<SpendingLimit, 'scope'>[];
}

/** The whole configuration of a server, with its secrets. */
export interface Configuration {
  readonly listen: ListenAddress;
  readonly data: string;
  readonly readers: readonly Reader[];
  readonly scrapers: readonly Scraper[];
  /** Absent where it is to be generated in the data folder. */
  readonly salt?: string;
  readonly withNames: boolean;
  readonly settings: Settings;
  /** By the address that `parseProxy` gives. */
  readonly proxyLogins: ReadonlyMap<string, ProxyLogin>;
  readonly describedGateways: Readonly<Record<string, unknown>>;
  readonly keys: readonly ConfiguredKey[];
  /** Absent where metrics are not pushed. */
  readonly otlp?: OtlpSettings | undefined;
}
