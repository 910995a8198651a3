import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createServerTransports } from '../../../../src/cli/serve/serverTransports.ts';
import type { GatewaySettings } from '../../../../src/core/ports/settings.ts';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import { SETTINGS } from '../../support/testWindow.ts';

/** What goes wrong on the way to a gateway that nobody answers for. */
async function reasonOf(configured: GatewaySettings, environment: Record<string, string>): Promise<string> {
  const gateways = new Map([['https://gw.invalid', configured]]);
  const transports = createServerTransports(
    { settings: { ...SETTINGS, gateways }, proxyLogins: new Map() },
    environment,
  );
  try {
    await transports.transport({ url: new URL('https://gw.invalid/api/status') });
    return 'answered';
  } catch (error) {
    assert.ok(error instanceof GatewayError);
    return error.failure.reason;
  } finally {
    await transports.close();
  }
}

describe('the way of a server to a gateway', () => {
  const WRONG = { HTTPS_PROXY: 'ftp://proxy.invalid' };

  it('is by the proxy that the environment names, and no other where that cannot be used', async () => {
    assert.equal(await reasonOf({}, WRONG), 'proxy-setting');
    assert.equal(await reasonOf({ proxy: 'default' }, WRONG), 'proxy-setting');
  });

  it('is the gateway’s own where it has one, and direct where NO_PROXY says so', async () => {
    assert.equal(await reasonOf({ proxy: 'direct' }, WRONG), 'host-not-found');
    assert.equal(await reasonOf({}, { ...WRONG, NO_PROXY: '.invalid' }), 'host-not-found');
  });
});
