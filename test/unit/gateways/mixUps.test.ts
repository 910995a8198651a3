import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyDraft } from '../../../src/services/keys/keyDraft.ts';
import type { GatewayOptions } from '../../sampleGateways/options.ts';
import { HOUR } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';
import { TEAM } from './fixture.ts';

interface MixUp {
  readonly opens: GatewayOptions;
  readonly draft: (setup: TestSetup) => KeyDraft;
  readonly reason: string;
  readonly says: RegExp;
}

const ANOTHER = {
  reason: 'refused-key',
  says: /does not accept the key “Mine”.*It may also be a different type of credential/,
};
/** Where the gateway itself says so. */
const OTHER_TYPE = {
  reason: 'wrong-credential',
  says: /“Mine” has a different type of credential.*add it again with the right type/,
};
const secrets = ({ gateway }: TestSetup) => ({
  apiKey: gateway.secret('alice'),
  accessToken: gateway.account('team').accessToken,
  managementKey: gateway.account('team').managementKey,
});

/** Releases that refuse a wrong access token each in their own way. */
const RELEASES = ['one-api', 'v0.9.0', 'v0.12.7', 'v1.0.0-rc.17', 'v1.0.0-rc.24'] as const;

const byRelease = RELEASES.flatMap(version => [
  [
    `newApi ${version}: an access token pasted as an API key`,
    {
      opens: { version },
      draft: (setup: TestSetup) => setup.key('alice', { secret: secrets(setup).accessToken }),
      ...ANOTHER,
    },
  ],
  [
    `newApi ${version}: an API key pasted as an access token`,
    {
      opens: { version },
      draft: (setup: TestSetup) => setup.account('team', { secret: secrets(setup).apiKey }),
      ...ANOTHER,
    },
  ],
]);

const MIX_UPS: Readonly<Record<string, MixUp>> = {
  ...(Object.fromEntries(byRelease) as Record<string, MixUp>),
  'newApi: a management key pasted as an API key': {
    opens: {},
    draft: setup => setup.key('alice', { secret: secrets(setup).managementKey }),
    ...ANOTHER,
  },
  'cometApi: an API key pasted as an access token': {
    opens: { kind: 'cometApi' },
    draft: setup => setup.account('team', { secret: secrets(setup).apiKey }),
    ...ANOTHER,
  },
  'cometApi: an access token pasted as a query key': {
    opens: { kind: 'cometQuery' },
    draft: setup => setup.key('alice', { secret: secrets(setup).accessToken }),
    ...ANOTHER,
  },
  'cometApi: a query key with the address of the API': {
    opens: { kind: 'cometApi' },
    draft: setup => setup.key('alice', { credential: 'queryKey' }),
    reason: 'html',
    says: /web page instead of figures\. Check the address/,
  },
  'cometApi: an API key with the address of the query service': {
    opens: { kind: 'cometQuery' },
    draft: setup => setup.key('alice', { credential: 'apiKey' }),
    reason: 'no-such-endpoint',
    says: /Check the address of “Mine” and its kind/,
  },
  'aioHub: an access token pasted as an API key': {
    opens: { kind: 'aioHub' },
    draft: setup => setup.key('alice', { secret: secrets(setup).accessToken }),
    ...ANOTHER,
  },
  'cheapestInference: a management key pasted as an API key': {
    opens: { kind: 'cheapestInference' },
    draft: setup => setup.key('alice', { secret: secrets(setup).managementKey }),
    ...ANOTHER,
  },
  'cheapestInference: an API key pasted as a management key': {
    opens: { kind: 'cheapestInference' },
    draft: setup => setup.account('team', { secret: secrets(setup).apiKey }),
    ...ANOTHER,
  },
  'openRouter: a management key pasted as an API key': {
    opens: { kind: 'openRouter' },
    draft: setup => setup.key('alice', { secret: secrets(setup).managementKey }),
    ...OTHER_TYPE,
  },
  'openRouter: an API key pasted as a management key': {
    opens: { kind: 'openRouter' },
    draft: setup => setup.account('team', { secret: secrets(setup).apiKey }),
    ...OTHER_TYPE,
  },
  'a wrong key of the right kind is just refused': {
    opens: {},
    draft: setup => setup.key('alice', { secret: setup.gateway.holdings.unknownSecret('a wrong key') }),
    reason: 'refused-key',
    says: /does not accept the key “Mine”.*Replace Secret/,
  },
  'a wrong access token of the right kind is just refused': {
    opens: { version: 'v1.0.0-rc.17' },
    draft: setup => setup.account('team', { secret: 'x'.repeat(32) }),
    reason: 'refused-key',
    says: /does not accept the key “Mine”.*Replace Secret/,
  },
};

describe('credentials that were mixed up', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  for (const [name, { opens, draft, reason, says }] of Object.entries(MIX_UPS)) {
    it(name, async () => {
      setup = await TestSetup.open({ ...opens, accounts: [TEAM] });
      const mine = { ...draft(setup), label: 'Mine' };
      assert.equal((await setup.failure(mine)).reason, reason);
      const state = await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(mine));
      assert.match(state.failure?.message ?? '', says);
      assert.ok(!(JSON.stringify(state) + setup.testWindow.logLines.join()).includes('CANARY'));
      if (state.status === 'invalid') {
        const restMs = Date.parse(state.nextCheckAt ?? '') - Date.parse(state.checkedAt ?? '');
        assert.ok(restMs >= 4 * HOUR, 'it is asked again hours later');
      }
    });
  }

  it('a question that a credential cannot be asked is refused before any call', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const { id } = await setup.add(setup.key('alice'));
    await assert.rejects(setup.run('listLogs', { key: id }), /a different type of credential/);
    assert.deepEqual(setup.gateway.calls, []);
  });
});

describe('the user id beside an access token', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const WRONG = { missing: undefined, 'of someone else': '777', 'that is no number': 'me' };
  for (const version of ['v0.9.0', 'v0.10.8', 'v0.12.7', 'v1.0.0-rc.17'] as const) {
    for (const [name, userId] of Object.entries(WRONG)) {
      it(`${version}: ${name} is asked for`, async () => {
        setup = await TestSetup.open({ version, accounts: [TEAM] });
        const mine = setup.account('team', { label: 'Mine', userId });
        const state = await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(mine));
        assert.equal(state.status, 'unknown');
        assert.match(
          state.failure?.message ?? '',
          /requires the numeric user ID with the access token of “Mine”.*personal settings.*add it again/,
        );
      });
    }
  }

  for (const version of ['one-api', 'v1.0.0-rc.24'] as const) {
    it(`${version} does not want it`, async () => {
      setup = await TestSetup.open({ version, accounts: [TEAM] });
      assert.equal((await setup.read(setup.account('team', { userId: undefined }))).account?.balance, 10);
    });
  }

  for (const [version, status] of [
    ['v1.0.0-rc.17', 'by its words'],
    ['v1.0.0-rc.24', 'by its code'],
  ] as const) {
    it(`${version}: a banned owner is told ${status}`, async () => {
      setup = await TestSetup.open({ version, accounts: [{ ...TEAM, banned: true }] });
      assert.equal((await setup.failure(setup.account('team'))).reason, 'banned');
    });
  }
});
