import { hostname } from 'node:os';
import { redactor } from '../../../redaction/redactor.ts';
import type { Configuration } from '../../configuration/configuration.ts';
import type { OtlpSettings } from '../../configuration/otlpSettings.ts';
import { createServerTransports } from '../serverTransports.ts';
import { OtlpPush, type OtlpPushParts } from './otlpPush.ts';

interface StartParts extends Omit<OtlpPushParts, 'settings' | 'transport'> {
  readonly settings: OtlpSettings;
  readonly proxyLogins: Configuration['proxyLogins'];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the server listens. */
  readonly address: string;
}

/** A shorter header value may be a tenant's name, which may also be in names of keys, so it is not redacted. */
const MIN_SECRET_LENGTH = 16;

/** Begins to push metrics, by a way of its own: the proxy that the environment names, and the collector’s certificates. */
export function startOtlpPush({ settings, proxyLogins, environment, address, ...parts }: StartParts): {
  close(): Promise<void>;
} {
  const { endpoint, headers, timeoutMs, caFile, resource } = settings;
  for (const value of Object.values(headers)) {
    const secret = value.replace(/^(?:bearer|basic) +/i, '');
    if (secret.length >= MIN_SECRET_LENGTH) redactor.protect(secret, endpoint.origin);
  }
  // Reading the settings has ensured that plain http stays in a private network.
  const gateways = new Map([[endpoint.origin, { allowHttp: true, ...(caFile !== undefined && { caFile }) }]]);
  const { transport, close } = createServerTransports(
    { settings: { gateways, timeoutMs }, proxyLogins },
    environment,
  );
  const push = new OtlpPush({
    ...parts,
    transport,
    settings: {
      ...settings,
      resource: {
        'service.name': 'key-quota',
        // Prometheus' `instance`: two servers write separate series.
        'service.instance.id': `${hostname()}:${new URL(address).port}`,
        ...resource,
      },
    },
  });
  void push.run();
  return {
    close() {
      push.dispose();
      return close();
    },
  };
}
