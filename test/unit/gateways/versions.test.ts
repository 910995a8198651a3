import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Status } from '../../../src/core/quota/statusName.ts';
import type { VersionName } from '../../sampleGateways/newApi/version.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { TestWindow } from '../support/testWindow.ts';

/** What a person must conclude, and what is left on the key where the gateway still tells. */
type Told = readonly [Status, remaining?: number];

interface Row {
  readonly ok: Told;
  readonly unlimited: Told;
  readonly expired: Told;
  readonly exhausted: Told;
  readonly overdrawn: Told;
  readonly disabled: Told;
  readonly banned: Told;
  readonly ipRestricted: Told;
  /** A key of which the gateway knows nothing. */
  readonly unknown: Told;
  /** A good key with the channel suffix that only administrators may use. */
  readonly suffixed: Told;
}

/** Before 0.10.8 keys that had ended could not even ask. */
const FULL_CHECK: Row = {
  ok: ['ok', 0.2],
  unlimited: ['ok'],
  expired: ['expired'],
  exhausted: ['exhausted'],
  overdrawn: ['exhausted'],
  disabled: ['disabled'],
  banned: ['disabled'],
  ipRestricted: ['unknown'],
  unknown: ['invalid'],
  suffixed: ['invalid'],
};

/** From 0.10.8 on they can, and so can keys that are refused where they are used: billing tells these. */
const READ_ONLY: Row = {
  ok: ['ok', 0.2],
  unlimited: ['ok'],
  expired: ['expired', 0.2],
  exhausted: ['exhausted', 0],
  overdrawn: ['exhausted', -0.000024],
  disabled: ['disabled'],
  banned: ['disabled'],
  ipRestricted: ['unknown'],
  unknown: ['invalid'],
  // In the same words as while the database is in trouble.
  suffixed: ['unknown'],
};

/** From rc.17 on disabled keys are told again. */
const NEWEST: Row = { ...READ_ONLY, disabled: ['disabled'] };

const ROWS: Readonly<Partial<Record<VersionName, Row>>> = {
  'v0.9.0': FULL_CHECK,
  'v0.10.8': READ_ONLY,
  'v0.12.7': READ_ONLY,
  'v1.0.0-rc.17': NEWEST,
  'v1.0.0-rc.24': NEWEST,
};

const HANDLES: Readonly<Record<Exclude<keyof Row, 'unknown' | 'suffixed'>, string>> = {
  ok: 'ok',
  unlimited: 'unlimited-negative',
  expired: 'expired',
  exhausted: 'exhausted',
  overdrawn: 'overdrawn',
  disabled: 'disabled',
  banned: 'banned',
  ipRestricted: 'ip-restricted',
};

for (const [version, row] of Object.entries(ROWS)) {
  describe(`New API ${version}`, () => {
    let gateway: SampleGateway;
    let testWindow: TestWindow;

    before(async () => {
      gateway = await startSampleGateway({ version: version as VersionName });
      testWindow = new TestWindow();
      await testWindow.monitor.start();
    });

    after(async () => {
      await testWindow.close();
      await gateway.close();
    });

    for (const [state, [status, remaining]] of Object.entries(row) as [keyof Row, Told][]) {
      it(`a key that is ${state} is ${status}${remaining === undefined ? '' : `, with ${remaining} left`}`, async () => {
        const id = await testWindow.addKey(gateway, 'ok', { secret: secretOf(gateway, state), label: state });
        const told = await testWindow.refreshKey(id);
        assert.equal(told.status, status);
        assert.equal(told.reading?.quota?.remaining, remaining);
        assert.deepEqual(told.reading?.unit ?? { code: 'USD', source: 'gateway' }, {
          code: 'USD',
          source: 'gateway',
        });
        // Old versions put both ends of the key into their texts.
        assert.doesNotMatch(JSON.stringify(told) + testWindow.logLines.join(), /CANARY|sk-/);
      });
    }
  });
}

function secretOf(gateway: SampleGateway, state: keyof Row): string {
  if (state === 'unknown') return gateway.holdings.unknownSecret('a key of another gateway');
  return state === 'suffixed' ? `${gateway.secret('ok')}-12` : gateway.secret(HANDLES[state]);
}
