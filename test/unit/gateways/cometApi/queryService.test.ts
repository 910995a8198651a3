import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { AccountKey, Reading } from '../../../../src/core/quota/reading.ts';
import type { Status } from '../../../../src/core/quota/statusName.ts';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { TestSetup } from '../../support/testSetup.ts';

interface Told {
  readonly account: Reading['account'];
  /** Undefined where the list cannot be read. */
  readonly keys: readonly AccountKey[] | undefined;
  readonly status: Status;
}

const QUERY_ONLY = { name: 'query only', unlimited: false, used: 0, remaining: 0 };
const documented = (name: string) => ({ name, balance: 2105.234088, used: 21.065912, requests: 1221 });
const ordinary = (name: string) => ({ name, balance: 10, used: 0, requests: 0 });

/** At 500,000 units to the dollar; the first two are the examples of the documents. */
const ACCOUNTS: Readonly<Record<string, Told>> = {
  'query-floats': {
    account: documented('query-floats'),
    keys: [
      QUERY_ONLY,
      { name: 'tts_test', unlimited: false, used: 2.099206, remaining: 8.93872 },
      { name: 'concurrency_test', unlimited: false, used: 0, remaining: 10 },
      { name: 'mj_test', unlimited: false, used: 1.45, remaining: 8.55 },
    ],
    status: 'ok',
  },
  'query-ints': {
    account: { name: 'query-ints', balance: 100, used: 10, requests: 12 },
    keys: [QUERY_ONLY, { name: 'whole', unlimited: false, used: 2, remaining: 10 }],
    status: 'ok',
  },
  'query-unlimited-999999999': {
    account: documented('query-unlimited-999999999'),
    keys: [QUERY_ONLY, { name: 'test_key', unlimited: true }],
    status: 'ok',
  },
  'query-unlimited-minus-1': {
    account: documented('query-unlimited-minus-1'),
    keys: [QUERY_ONLY, { name: 'test_key', unlimited: true, used: 0 }],
    status: 'ok',
  },
  'query-duplicate-names': {
    account: ordinary('query-duplicate-names'),
    keys: [
      QUERY_ONLY,
      { name: 'team', unlimited: false, used: 0, remaining: 1 },
      { name: 'team', unlimited: false, used: 0.5, remaining: 2 },
    ],
    status: 'ok',
  },
  'query-empty-name': {
    account: ordinary('query-empty-name'),
    keys: [QUERY_ONLY, { name: '', unlimited: false, used: 0.1, remaining: 0.2 }],
    status: 'ok',
  },
  'query-empty-keys': { account: ordinary('query-empty-keys'), keys: [], status: 'ok' },
  'query-keys-absent': { account: ordinary('query-keys-absent'), keys: undefined, status: 'ok' },
  'query-keys-null': { account: ordinary('query-keys-null'), keys: undefined, status: 'ok' },
  'query-negative-balance': {
    account: { name: 'query-negative-balance', balance: -3, used: 23, requests: 0 },
    keys: [QUERY_ONLY],
    status: 'exhausted',
  },
  'query-empty-wallet': {
    account: { name: 'query-empty-wallet', balance: 0, used: 20, requests: 0 },
    keys: [QUERY_ONLY],
    status: 'exhausted',
  },
  'query-strings': { account: documented('query-strings'), keys: [QUERY_ONLY], status: 'ok' },
};

/** Why there is no reading, and a word of the sentence that says so. */
const REFUSED: Readonly<Record<string, readonly [string, RegExp]>> = {
  'query-total-absent': ['missing-figures', /without the figures/],
  'query-nulls': ['missing-figures', /without the figures/],
  'query-error-200': ['unknown-refusal', /Retrying automatically\. The gateway says: “account not found”$/],
  'query-false-200': [
    'unknown-refusal',
    /Retrying automatically\. The gateway says: “quota store is read-only”$/,
  ],
  'query-said-200': ['unknown-refusal', /Retrying automatically\. The gateway says: “service is starting”$/],
  'query-error-401': ['refused-key', /does not accept the key/],
  'query-message-400': ['refused-request', /HTTP 400.*“bad request”/],
  'query-500': ['server-error', /HTTP 500.*Retrying automatically/],
  'html-200': ['html', /a web page instead of figures/],
  'cf-403-html': ['edge-page', /protection page/],
  'truncated-json': ['not-json', /not JSON/],
  reset: ['connection-broken', /was lost/],
  '301-cross-origin': ['redirected', /was not sent there/],
  '307-cross-origin': ['redirected', /was not sent there/],
  '301-http-to-https': ['https-instead', /to use https/],
  '301-same-origin-absolute': ['other-page', /another of its own pages.*Retrying/],
};

describe('CometAPI’s query service', () => {
  let setup: TestSetup;
  let elsewhere: TestSetup | undefined;
  afterEach(async () => {
    await setup.close();
    await elsewhere?.close();
    elsewhere = undefined;
  });

  for (const [name, { account, keys, status }] of Object.entries(ACCOUNTS)) {
    it(`${name}: balance and keys`, async () => {
      setup = await TestSetup.open({ kind: 'cometQuery' });
      const state = await setup.testWindow.refreshKey(
        await setup.testWindow.keyService.add(setup.key(name, { label: 'Mine' })),
      );
      const { reading } = JSON.parse(JSON.stringify(state)) as typeof state;
      assert.deepEqual([reading?.account, reading?.accountKeys], [account, keys]);
      assert.deepEqual(reading?.unit, { code: 'USD', source: 'gateway' });
      assert.equal(state.status, status);
      const shown = JSON.stringify([reading, treeNodes([state], setup.clock.now())]).replaceAll(name, '');
      assert.doesNotMatch(shown, /999,?999,?999|"?-1"?[,}]|-\$1\.00/);
    });
  }

  for (const [name, [reason, says]] of Object.entries(REFUSED)) {
    it(`${name}: says why, and never the key that stood in the URL`, async () => {
      elsewhere = await TestSetup.open();
      setup = await TestSetup.open({ kind: 'cometQuery', elsewhere: elsewhere.gateway.origin });
      assert.equal((await setup.failure(setup.key(name))).reason, reason);
      const state = await setup.testWindow.refreshKey(
        await setup.testWindow.keyService.add(setup.key(name, { label: 'Mine' })),
      );
      assert.match(state.failure?.message ?? '', says);
      const told = JSON.stringify(state) + setup.testWindow.logLines.join('\n');
      assert.doesNotMatch(told, /CANARY|[?&]key=|\/user\/quota/);
      assert.deepEqual(elsewhere.gateway.calls, [], 'no other origin was asked');
    });
  }

  for (const [redirect, paths] of [
    ['none', ['/user/quota']],
    ['fromSlash', ['/user/quota']],
    ['toSlash', ['/user/quota', '/user/quota/']],
  ] as const) {
    it(`finds the slash form that answers: ${redirect}`, async () => {
      const query = { redirect, acceptsAnyDate: false, dayOffset: 0, staleDays: false };
      setup = await TestSetup.open({ kind: 'cometQuery', settings: { query } });
      assert.equal((await setup.read(setup.key('query-ints'))).account?.balance, 100);
      assert.deepEqual(
        setup.calls,
        paths.map(path => `GET ${path}?key=query-ints`),
      );
    });
  }
});
