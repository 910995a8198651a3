import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { GatewayContext } from '../../../../src/gateways/gatewayContext.ts';
import { readKeyLogUsage } from '../../../../src/gateways/newApi/keyLog.ts';
import { DAY, HOUR, NOW } from '../../support/samples.ts';
import { type Answer, answeringContext } from './answeringContext.ts';
import { logRow } from './scriptedContext.ts';

const LOG = '/api/log/token';
const UNITS = { unit: { code: 'UNITS', source: 'gateway' }, perUnit: 1 } as const;
const RANGE = { from: NOW - DAY, to: NOW - HOUR };
const OLD = { lineage: 'newApi', version: 'v0.9.0' } as const;
const rows = (count: number): Answer => [
  200,
  { success: true, data: Array.from({ length: count }, (_, index) => logRow(7200 + index)) },
];

async function read(answers: readonly Answer[], more: Partial<GatewayContext> = {}, range = RANGE) {
  const { context, sent } = answeringContext({ [LOG]: answers }, more as never);
  const usage = await readKeyLogUsage(context, range, UNITS);
  return { usage, ways: sent.map(({ secretIn, limiter }) => `${secretIn}, ${limiter}`) };
}

describe('the key in the URL of its log', () => {
  it('stands there where the user allowed it, the version needs it, and the header brought nothing', async () => {
    const { usage, ways } = await read([rows(0), rows(3)], { mayStandInUrl: true, site: OLD });
    assert.equal(usage.total?.used, 30);
    assert.deepEqual(ways, ['bearer, scarce', 'query, general']);
  });

  it('stands there in no other case', async () => {
    for (const [answer, more] of [
      [rows(0), { site: OLD }],
      [rows(0), { mayStandInUrl: false, site: OLD }],
      [rows(0), { mayStandInUrl: true, site: { ...OLD, version: 'v0.10.8' } }],
      [rows(0), { mayStandInUrl: true, site: { version: undefined } }],
      [rows(3), { mayStandInUrl: true, site: OLD }],
    ] as const)
      assert.deepEqual((await read([answer], more)).ways, ['bearer, scarce']);
  });
});

describe('what a key’s log covers', () => {
  const coverageOf = async (count: number) => {
    const { complete, reason } = (await read([rows(count)])).usage.coverage;
    return [complete, reason];
  };

  it('is not all where as many rows came as a version sends at most', async () => {
    for (const count of [100, 1000, 1001]) assert.deepEqual(await coverageOf(count), [false, 'last-rows']);
    for (const count of [99, 101, 999]) assert.deepEqual(await coverageOf(count), [true, undefined]);
  });

  it('is nothing of a range that has not begun', async () => {
    const { usage } = await read([rows(3)], {}, { from: NOW + 1, to: NOW + HOUR });
    assert.deepEqual([usage.total, usage.coverage], [undefined, { complete: false }]);
  });

  it('is missing where a relative refuses the header with HTTP 200 in the plain form', async () => {
    const plain = { success: false, message: 'no' };
    await assert.rejects(read([[200, plain]]), /not-supported: no-such-endpoint/);
    await assert.rejects(read([[400, plain]]), /unexpected: refused-request/);
    await assert.rejects(read([[200, { success: false, error: 'no' }]]), /unexpected: refused-request/);
  });
});
