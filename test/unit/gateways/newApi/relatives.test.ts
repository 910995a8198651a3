import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { relativeOf } from '../../../../src/gateways/newApi/relatives.ts';
import { firstUserIdHeaders } from '../../../../src/gateways/newApi/userIdHeader.ts';
import { parseSite } from '../../../../src/gateways/site.ts';
import type { Json } from '../../../../src/gateways/wireJson.ts';
import { capturedBody, type ServerName } from '../../../replay/replayServer.ts';

const statusOf = (name: ServerName, capture: string) =>
  (capturedBody(name, capture) as { readonly data: Json }).data;

describe('a relative of New API', () => {
  const CAPTURED = [
    ['new-api-1.0.0-rc', 'status', 'newApi', undefined],
    ['new-api-0.12.0', 'status', 'newApi', undefined],
    ['new-api-0.6.3', 'status.INCUR', 'oldNewApi', undefined],
    ['veloera-0.3.25', 'status.NOCUR', 'oldNewApi', 'Veloera-User'],
    ['one-api', 'status', 'oneApi', undefined],
    ['one-hub', 'anon-status', 'oneHub', undefined],
    ['done-hub', 'anon-status', 'oneHub', undefined],
  ] as const;
  for (const [name, capture, lineage, userIdHeader] of CAPTURED) {
    it(`${name} is told by its status page, whatever its owner calls it`, () => {
      const site = parseSite({ ...statusOf(name, capture), system_name: 'Our Relay' });
      assert.deepEqual([site.lineage, site.userIdHeader], [lineage, userIdHeader]);
      const headers = firstUserIdHeaders({ site });
      assert.deepEqual(headers, ['New-Api-User', ...(userIdHeader ? [userIdHeader] : [])]);
    });
  }

  it('says how far back its log can be asked for, where done-hub does', () => {
    const done = statusOf('done-hub', 'anon-status');
    assert.equal(parseSite(done).logDays, 180);
    for (const days of [0, -1, 'x', null, 1e9])
      assert.equal(parseSite({ ...done, max_log_query_days: days }).logDays, undefined, String(days));
    assert.equal(parseSite(statusOf('one-hub', 'anon-status')).logDays, undefined);
  });

  it('with nothing that tells it is none', () => {
    assert.equal(relativeOf({ system_name: 'Our Relay', quota_per_unit: 500_000 }), undefined);
  });

  /** Closed source: what other programs send them. */
  const BY_NAME = [
    ['VoAPI v1', 'voapi-user'],
    ['My V-API', 'X-Api-User'],
    ['Rix-Api', 'Rix-Api-User'],
    ['neo-API', 'neo-api-user'],
    ['veloera mirror', 'Veloera-User'],
  ] as const;
  for (const [name, header] of BY_NAME) {
    it(`called “${name}” gets the user id in ${header} as well`, () => {
      assert.deepEqual(firstUserIdHeaders({ site: { name } }), ['New-Api-User', header]);
    });
  }
});
