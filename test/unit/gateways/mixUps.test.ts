import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyDraft } from '../../../src/services/keys/keyService.ts';
import type { GatewayOptions } from '../../sampleGateways/options.ts';
import { Desk } from '../support/desk.ts';
import { HOUR } from '../support/samples.ts';
import { TEAM } from './fixture.ts';

interface MixUp {
  readonly opens: GatewayOptions;
  readonly draft: (desk: Desk) => KeyDraft;
  readonly reason: string;
  readonly says: RegExp;
}

const ANOTHER = {
  reason: 'refused-key',
  says: /does not accept the key “Mine”.*It may also be another type of credential/,
};
const secrets = ({ gateway }: Desk) => ({
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
      draft: (desk: Desk) => desk.key('alice', { secret: secrets(desk).accessToken }),
      ...ANOTHER,
    },
  ],
  [
    `newApi ${version}: an API key pasted as an access token`,
    {
      opens: { version },
      draft: (desk: Desk) => desk.account('team', { secret: secrets(desk).apiKey }),
      ...ANOTHER,
    },
  ],
]);

const MIX_UPS: Readonly<Record<string, MixUp>> = {
  ...(Object.fromEntries(byRelease) as Record<string, MixUp>),
  'newApi: a management key pasted as an API key': {
    opens: {},
    draft: desk => desk.key('alice', { secret: secrets(desk).managementKey }),
    ...ANOTHER,
  },
  'cometApi: an API key pasted as an access token': {
    opens: { kind: 'cometApi' },
    draft: desk => desk.account('team', { secret: secrets(desk).apiKey }),
    ...ANOTHER,
  },
  'cometApi: an access token pasted as a query key': {
    opens: { kind: 'cometQuery' },
    draft: desk => desk.key('alice', { secret: secrets(desk).accessToken }),
    ...ANOTHER,
  },
  'cometApi: a query key with the address of the API': {
    opens: { kind: 'cometApi' },
    draft: desk => desk.key('alice', { credential: 'queryKey' }),
    reason: 'html',
    says: /web page instead of figures\. Check the origin/,
  },
  'cometApi: an API key with the address of the query service': {
    opens: { kind: 'cometQuery' },
    draft: desk => desk.key('alice', { credential: 'apiKey' }),
    reason: 'no-such-endpoint',
    says: /Check the origin and the kind of “Mine”/,
  },
  'aioHub: an access token pasted as an API key': {
    opens: { kind: 'aioHub' },
    draft: desk => desk.key('alice', { secret: secrets(desk).accessToken }),
    ...ANOTHER,
  },
  'cheapestInference: a management key pasted as an API key': {
    opens: { kind: 'cheapestInference' },
    draft: desk => desk.key('alice', { secret: secrets(desk).managementKey }),
    ...ANOTHER,
  },
  'cheapestInference: an API key pasted as a management key': {
    opens: { kind: 'cheapestInference' },
    draft: desk => desk.account('team', { secret: secrets(desk).apiKey }),
    ...ANOTHER,
  },
  'a wrong key of the right kind is just refused': {
    opens: {},
    draft: desk => desk.key('alice', { secret: desk.gateway.holdings.stranger('a wrong key') }),
    reason: 'refused-key',
    says: /does not accept the key “Mine”.*Replace Secret/,
  },
  'a wrong access token of the right kind is just refused': {
    opens: { version: 'v1.0.0-rc.17' },
    draft: desk => desk.account('team', { secret: 'x'.repeat(32) }),
    reason: 'refused-key',
    says: /does not accept the key “Mine”.*Replace Secret/,
  },
};

describe('credentials that were mixed up', () => {
  let desk: Desk;
  afterEach(() => desk.close());

  for (const [name, { opens, draft, reason, says }] of Object.entries(MIX_UPS)) {
    it(name, async () => {
      desk = await Desk.open({ ...opens, accounts: [TEAM] });
      const mine = { ...draft(desk), label: 'Mine' };
      assert.equal((await desk.failure(mine)).reason, reason);
      const state = await desk.world.refreshed(await desk.world.keyService.add(mine));
      assert.match(state.failure?.message ?? '', says);
      assert.ok(!(JSON.stringify(state) + desk.world.lines.join()).includes('CANARY'));
      if (state.status === 'invalid') {
        const restMs = Date.parse(state.nextCheckAt ?? '') - Date.parse(state.checkedAt ?? '');
        assert.ok(restMs >= 4 * HOUR, 'it is asked again hours later');
      }
    });
  }

  it('a question that a credential cannot be asked is refused before any call', async () => {
    desk = await Desk.open({ accounts: [TEAM] });
    const { id } = await desk.add(desk.key('alice'));
    await assert.rejects(desk.run('listLogs', { key: id }), /another kind of credential/);
    assert.deepEqual(desk.gateway.calls, []);
  });
});

describe('the user id beside an access token', () => {
  let desk: Desk;
  afterEach(() => desk.close());

  const WRONG = { missing: undefined, 'of someone else': '777', 'that is no number': 'me' };
  for (const version of ['v0.9.0', 'v0.10.8', 'v0.12.7', 'v1.0.0-rc.17'] as const) {
    for (const [name, userId] of Object.entries(WRONG)) {
      it(`${version}: ${name} is asked for`, async () => {
        desk = await Desk.open({ version, accounts: [TEAM] });
        const mine = desk.account('team', { label: 'Mine', userId });
        const state = await desk.world.refreshed(await desk.world.keyService.add(mine));
        assert.equal(state.status, 'unknown');
        assert.match(
          state.failure?.message ?? '',
          /wants the numeric user id beside the access token of “Mine”.*personal settings.*add it again/,
        );
      });
    }
  }

  for (const version of ['one-api', 'v1.0.0-rc.24'] as const) {
    it(`${version} does not want it`, async () => {
      desk = await Desk.open({ version, accounts: [TEAM] });
      assert.equal((await desk.read(desk.account('team', { userId: undefined }))).account?.balance, 10);
    });
  }

  for (const [version, status] of [
    ['v1.0.0-rc.17', 'by its words'],
    ['v1.0.0-rc.24', 'by its code'],
  ] as const) {
    it(`${version}: a banned owner is told ${status}`, async () => {
      desk = await Desk.open({ version, accounts: [{ ...TEAM, banned: true }] });
      assert.equal((await desk.failure(desk.account('team'))).reason, 'banned');
    });
  }
});
