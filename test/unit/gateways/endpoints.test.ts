import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gateways } from '../../../src/gateways/registry.ts';
import type { CallRecord } from '../../sampleGateways/callLog.ts';
import { TestSetup } from '../support/testSetup.ts';
import { spend, TEAM } from './fixture.ts';
import { aioHubRows } from './rows/aioHub.ts';
import { cheapestInferenceRows } from './rows/cheapestInference.ts';
import { cometApiRows } from './rows/cometApi.ts';
import { liteLlmRows } from './rows/liteLlm.ts';
import { newApiRows } from './rows/newApi.ts';
import { openRouterRows } from './rows/openRouter.ts';
import type { Row } from './rows/row.ts';
import { sub2ApiRows } from './rows/sub2Api.ts';
import { SIMPLE_PROOFS } from './simple/proofs.ts';

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  newApi: newApiRows,
  cometApi: cometApiRows,
  aioHub: aioHubRows,
  cheapestInference: cheapestInferenceRows,
  openRouter: openRouterRows,
  liteLlm: liteLlmRows,
  sub2Api: sub2ApiRows,
  ...Object.fromEntries(SIMPLE_PROOFS.map(({ kind, rows }) => [kind, rows])),
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
        const setup = await TestSetup.open({ ...opens, accounts: [TEAM] });
        try {
          spend(setup.gateway);
          assert.deepEqual(JSON.parse(JSON.stringify(await asks(setup))), tells);
          const seen = setup.gateway.calls.find(call => isOf(call, endpoint));
          assert.deepEqual(
            { status: seen?.status, ...whoAsked(seen) },
            { status: 200, ...CALLERS[credential] },
          );
          assert.ok(!setup.testWindow.logLines.join().includes('CANARY'), 'no secret in the log');
        } finally {
          await setup.close();
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
