import assert from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { afterEach, describe, it } from 'mocha';
import { isReachable } from '../../../../src/vscode/host/network.ts';

describe('whether there is a network', () => {
  const real = os.networkInterfaces;
  let asked = 0;

  afterEach(() => {
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
});
