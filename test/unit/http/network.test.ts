import assert from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { afterEach, describe, it } from 'mocha';
import { isReachable } from '../../../src/http/network.ts';

describe('whether there is a network', () => {
  const real = os.networkInterfaces;
  let asked = 0;

  const { now } = performance;

  const withAddresses = (...internal: boolean[]) => {
    os.networkInterfaces = () => ({ some: internal.map(each => ({ internal: each })) }) as never;
    syncBuiltinESMExports();
  };

  afterEach(() => {
    performance.now = now;
    os.networkInterfaces = real;
    syncBuiltinESMExports();
  });

  it('is asked of the system once for a round of a thousand keys, and never for this machine', () => {
    os.networkInterfaces = () => {
      asked += 1;
      return real();
    };
    syncBuiltinESMExports();
    for (let key = 0; key < 1000; key++) isReachable(`https://gw${key}.example`);
    assert.ok(asked <= 1, `${asked} times`);
    for (const host of ['localhost', '127.0.0.1', '[::1]', 'x.localhost']) {
      assert.equal(isReachable(`http://${host}:3000`), true);
    }
  });

  it('is asked again a second later; without one, this machine alone is there', () => {
    let at = 1e9;
    performance.now = () => at;
    withAddresses(true);
    assert.equal(isReachable('https://gw.example'), false);
    assert.equal(isReachable('http://localhost:3000'), true);
    withAddresses(true, false);
    at += 999;
    assert.equal(isReachable('https://gw.example'), false);
    at += 1;
    assert.equal(isReachable('https://gw.example'), true);
    withAddresses();
    at += 1000;
    assert.equal(isReachable('https://gw.example'), false);
  });

  it('is taken for granted where the system does not tell, as in a sandbox', () => {
    performance.now = () => 2e9;
    os.networkInterfaces = () => {
      throw new Error('A system error occurred: uv_interface_addresses returned Unknown system error 97');
    };
    syncBuiltinESMExports();
    assert.equal(isReachable('https://gw.example'), true);
  });
});
