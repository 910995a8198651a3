import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { manualClock } from '../../sampleGateways/clock.ts';
import { consume } from '../../sampleGateways/consumption.ts';
import { type Fleet, startFleet } from '../../sampleGateways/fleet.ts';
import { FLEET_SITES, type FleetSiteName } from '../../sampleGateways/fleetSites.ts';
import { fixedRandom } from '../../sampleGateways/history.ts';
import { SIMPLE_KINDS, type SimpleKindName } from '../../sampleGateways/simple/simpleKinds.ts';
import { ask, bearer } from './ask.ts';

describe('sample gateway: fleet', () => {
  const clock = manualClock();
  let fleet: Fleet;
  before(async () => {
    fleet = await startFleet({ clock: clock.now });
  });
  after(() => fleet.close());

  it('shows a key in every state', () => {
    const shown = new Set(fleet.sampleKeys.map(key => key.shows));
    for (const state of [
      'ok',
      'low',
      'exhausted',
      'expired',
      'expiring in days',
      'unlimited',
      'disabled',
      'unreachable',
      'invalid',
    ]) {
      assert.ok(shown.has(state), state);
    }
    assert.equal(fleet.sampleKeys.filter(key => key.pinned).length, 1);
    assert.equal(new Set(fleet.sampleKeys.map(key => key.label)).size, fleet.sampleKeys.length);
    assert.equal(new Set(fleet.sampleKeys.map(key => key.secret)).size, fleet.sampleKeys.length);
  });

  it('shows a key of each of the kinds that are wanted most', () => {
    const shown = new Set<string>(fleet.sampleKeys.map(({ kind }) => kind));
    for (const kind of ['openRouter', 'deepSeek', 'sub2Api', 'liteLlm', 'newApi', 'moonshot', 'siliconFlow'])
      assert.ok(shown.has(kind), kind);
  });

  it('answers each of its keys as the table says', async () => {
    const paths = {
      usageToken: '/api/usage/token/',
      billing: '/dashboard/billing/usage',
      planUsage: '/v1/usage',
      routerKey: '/api/v1/key',
      keyInfo: '/key/info',
    };
    for (const key of fleet.sampleKeys) {
      if (key.through === 'query' || key.through === 'account') continue;
      const simple = key.through === 'oneGet' ? SIMPLE_KINDS[key.kind as SimpleKindName] : undefined;
      const path = key.through === 'oneGet' ? (simple?.path ?? '') : paths[key.through];
      const asked =
        simple?.method === 'POST'
          ? ask(key.origin, simple.beside?.path ?? path, {}, 'POST', JSON.stringify({ apiKey: key.secret }))
          : ask(key.origin, path, bearer(key.secret));
      if (key.shows === 'unreachable') await assert.rejects(asked);
      else
        assert.equal(
          (await asked).status,
          ['disabled', 'invalid'].includes(key.shows) ? 401 : 200,
          key.label,
        );
    }
    const query = fleet.sampleKeys.find(key => key.through === 'query');
    const balance = await ask(fleet.origins.cometQuery, `/user/quota/?key=${query?.secret}`);
    assert.equal(JSON.parse(balance.text).total_quota, 57.31);
  });

  it('has weeks of history that no key outspends', () => {
    for (const [name, site] of Object.entries(FLEET_SITES) as [
      FleetSiteName,
      (typeof FLEET_SITES)[FleetSiteName],
    ][]) {
      const { ledger, holdings } = fleet.gateways[name];
      for (const [handle, key] of Object.entries(site.keys)) {
        const logged = ledger.sum({ key: handle });
        assert.ok(logged.quota <= holdings.key(handle).used, handle);
        if (key.models.length > 0) assert.ok(ledger.by('day', { key: handle }).size > 25, handle);
      }
    }
  });

  it('uses keys in small steps as time passes, and never below nothing', () => {
    const random = fixedRandom(1);
    const { newApi } = fleet.gateways;
    const before = newApi.key('cline-work').remain;
    for (let i = 0; i < 200; i++) consume(fleet.gateways, 3000, random);
    const spent = (before - newApi.key('cline-work').remain) / 500_000;
    // Ten minutes at $0.90 an hour.
    assert.ok(spent > 0.05 && spent < 0.4, String(spent));
    assert.equal(newApi.key('ci-evals').remain, 0);
    for (let i = 0; i < 20_000; i++) consume({ ...fleet.gateways }, 30_000, random);
    assert.ok(newApi.key('roo-side').remain >= 0);
  });
});
