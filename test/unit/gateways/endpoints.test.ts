import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gateways } from '../../../src/gateways/registry.ts';
import type { CallRecord } from '../../sampleGateways/callLog.ts';
import { Desk } from '../support/desk.ts';
import { spend, TEAM } from './fixture.ts';
import { aioHubRows } from './rows/aioHub.ts';
import { cheapestInferenceRows } from './rows/cheapestInference.ts';
import { cometApiRows } from './rows/cometApi.ts';
import { newApiRows } from './rows/newApi.ts';
import type { Row } from './rows/row.ts';

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  newApi: newApiRows,
  cometApi: cometApiRows,
  aioHub: aioHubRows,
  cheapestInference: cheapestInferenceRows,
};

it('every kind of gateway has rows', () => {
  assert.deepEqual(
    Object.keys(TABLE),
    gateways.map(({ kind }) => kind),
  );
});

for (const [kind, rows] of Object.entries(TABLE)) {
  describe(`${kind}, endpoint by endpoint`, () => {
    for (const { opens, endpoint, credential, asks, tells } of rows) {
      const version = opens.version ? ` (${opens.version})` : '';
      it(`${endpoint} with ${credential}${version}`, async () => {
        const desk = await Desk.open({ ...opens, accounts: [TEAM] });
        try {
          spend(desk.gateway);
          assert.deepEqual(JSON.parse(JSON.stringify(await asks(desk))), tells);
          const seen = desk.gateway.calls.find(call => isOf(call, endpoint));
          assert.deepEqual(
            { status: seen?.status, ...whoAsked(seen) },
            { status: 200, ...CALLERS[credential] },
          );
          assert.ok(!desk.world.lines.join().includes('CANARY'), 'no secret in the log');
        } finally {
          await desk.close();
        }
      });
    }
  });
}

const CALLERS = {
  'API key': { key: 'alice', account: undefined },
  'query key': { key: 'alice', account: undefined },
  'access token': { key: undefined, account: 'team' },
  'management key': { key: undefined, account: 'team' },
  'no key': { key: undefined, account: undefined },
} as const;

function whoAsked(call: CallRecord | undefined) {
  return { key: call?.key, account: call?.account };
}

function isOf({ method, path, search }: CallRecord, endpoint: string): boolean {
  const [line, query] = endpoint.split('?');
  const sent = [...new URLSearchParams(search).keys()];
  return `${method} ${path}` === line && (query?.split('&') ?? []).every(name => sent.includes(name));
}
