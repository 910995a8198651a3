import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { spendSums } from '../../../../src/core/ledger/spendSums.ts';
import type { KeySpend, KeyState } from '../../../../src/core/quota/keyState.ts';
import { at, DAY, HOUR, keyState, quota, reading } from '../../support/samples.ts';

const spent = (today: number, more: Partial<KeySpend> = {}): KeySpend => ({
  today,
  week: today * 2,
  calendarWeek: today * 2,
  month: today * 3,
  since: at(-40 * DAY),
  complete: true,
  days: [1, today],
  ...more,
});
const key = (id: string, spend: KeySpend | undefined, more: Partial<KeyState> = {}) =>
  keyState({ id, label: id, spend, ...more });
const account = (id: string, spend: KeySpend | undefined, more: Partial<KeyState> = {}) =>
  key(id, spend, { credential: 'accessToken', ...more });
const figures = (keys: readonly KeyState[]) =>
  spendSums(keys).map(({ of, today, missing }) => [of, today, missing]);

describe('sums of what keys spent', () => {
  it('add up the figures of one unit', () => {
    const members = [spent(0.1), spent(0.2, { since: at(-DAY), complete: false })];
    const [sum, ...others] = spendSums([key('a', members[0]), key('b', members[1])]);
    assert.deepEqual(others, []);
    assert.deepEqual(sum, {
      unit: { code: 'USD', source: 'gateway' },
      of: 'all',
      members,
      missing: 0,
      today: 0.3,
      week: 0.6,
      calendarWeek: 0.6,
      month: 0.9,
      since: at(-DAY),
      complete: false,
      days: [2, 0.3],
    });
  });

  it('are not added up where a server’s keys may be those of an account, which may be one’s own', () => {
    const served = { via: 'Team', kind: 'teamServer', origin: 'https://team.example' };
    const at = (gatewayName: string) => ({ ...served, reading: reading({ gatewayName }) });
    const own = { origin: 'https://www.gw.example' };
    const apart = [
      ['accounts', 5, 0],
      ['keys', 1, 0],
    ];
    const together = [['all', 6, 0]];
    const sums = (ofAccount: object, ofKey: object) =>
      figures([account('account', spent(5), ofAccount), key('key', spent(1), ofKey)]);
    assert.deepEqual(sums(own, at('api.gw.example')), apart);
    assert.deepEqual(sums(at('gw.example'), own), apart);
    assert.deepEqual(sums(at('gw.example'), at('gw.example')), apart);
    assert.deepEqual(sums(own, at('other.example')), together);
    assert.deepEqual(sums(at('other.example'), at('gw.example')), together);
    assert.deepEqual(sums(at('not an address'), at('not an address')), apart);
  });

  it('stay in their order when a key is counted in its account’s spend', () => {
    const yuan = { reading: reading({ unit: { code: 'CNY', source: 'gateway' } }) };
    const readFrom = { id: 'account', label: 'account' };
    const keys = (ofAccount: KeySpend | undefined) => [
      key('listed', spent(1), { readFrom } as Partial<KeyState>),
      key('yuan', spent(2), yuan),
      account('account', ofAccount),
    ];
    for (const ofAccount of [undefined, spent(4)])
      assert.deepEqual(
        spendSums(keys(ofAccount)).map(({ unit }) => unit.code),
        ['USD', 'CNY'],
      );
  });

  it('lack nothing only since the last of them does', () => {
    const since = (days: number) => ({ since: at(-days * DAY), complete: false });
    const [sum] = spendSums([key('a', spent(1, since(2))), key('b', spent(2, since(1))), key('c', spent(3))]);
    assert.equal(sum?.since, at(-DAY));
  });

  it('say when their month began, where that is not the first', () => {
    const monthFrom = at(-3 * DAY);
    const [sum] = spendSums([key('a', spent(1, { monthFrom })), key('b', spent(2, { monthFrom }))]);
    assert.equal(sum?.monthFrom, monthFrom);
  });

  it('are known until the first of them no longer is', () => {
    const until = (hours: number) => ({ until: at(-hours * HOUR), complete: false });
    const [sum] = spendSums([key('a', spent(1, until(5))), key('b', spent(2, until(9))), key('c', spent(4))]);
    assert.deepEqual([sum?.today, sum?.until, sum?.complete], [7, at(-9 * HOUR), false]);
  });

  it('say over which midnights some of any of them may be of either day', () => {
    const [first, second] = [at(-2 * DAY), at(-DAY)];
    const over = (...undividedAt: string[]) => ({ undividedAt, complete: false });
    const [sum] = spendSums([
      key('a', spent(1, over(first, second))),
      key('b', spent(2, over(second))),
      key('c', spent(3)),
    ]);
    assert.deepEqual([sum?.undividedAt, sum?.complete], [[first, second], false]);
    assert.equal(spendSums([key('a', spent(1))])[0]?.undividedAt, undefined);
  });

  it('are complete where each figure is', () => {
    assert.equal(spendSums([key('a', spent(1)), key('b', spent(2))])[0]?.complete, true);
  });

  it('say how many keys they lack, and are not complete then', () => {
    const [sum] = spendSums([key('a', spent(1)), key('b', undefined)]);
    assert.deepEqual([sum?.today, sum?.missing, sum?.complete], [1, 1, false]);
  });

  it('leave out keys that were never read, whose unit nobody knows', () => {
    assert.deepEqual(figures([key('a', spent(1)), key('b', undefined, { reading: undefined })]), [
      ['all', 1, 0],
    ]);
  });

  it('are none where nothing is known', () => {
    assert.deepEqual(spendSums([key('a', undefined)]), []);
  });

  it('keep units apart', () => {
    const yuan = reading({ unit: { code: 'CNY', source: 'gateway' }, quota: quota(1, 2) });
    assert.deepEqual(figures([key('a', spent(1)), key('b', spent(7), { reading: yuan })]), [
      ['all', 1, 0],
      ['all', 7, 0],
    ]);
  });

  it('count a key that its account lists with the account', () => {
    const link = { id: 'acc', label: 'acc' };
    assert.deepEqual(
      figures([
        account('acc', spent(5)),
        key('read', spent(2), { readFrom: link }),
        key('separate', spent(1), { separatedFrom: link }),
      ]),
      [['all', 5, 0]],
    );
  });

  it('count a key with the account that listed it, though it was asked itself since', () => {
    const listedBy = { id: 'acc', label: 'acc' };
    assert.deepEqual(figures([account('acc', spent(5)), key('asked', spent(2), { listedBy })]), [
      ['all', 5, 0],
    ]);
  });

  it('count such a key itself where nothing is known of its account', () => {
    const link = { id: 'acc', label: 'acc' };
    assert.deepEqual(figures([account('acc', undefined), key('read', spent(2), { readFrom: link })]), [
      ['all', 2, 1],
    ]);
  });

  it('are two, and no total, where a key may belong to an account', () => {
    assert.deepEqual(figures([account('acc', spent(5)), key('a', spent(2)), key('b', undefined)]), [
      ['accounts', 5, 0],
      ['keys', 2, 1],
    ]);
  });

  it('are two where the account is at another host of the same domain', () => {
    assert.deepEqual(
      figures([
        account('acc', spent(5), { kind: 'cometApi', origin: 'https://query.cometapi.com' }),
        key('a', spent(2), { kind: 'cometApi', origin: 'https://api.cometapi.com' }),
      ]),
      [
        ['accounts', 5, 0],
        ['keys', 2, 0],
      ],
    );
  });

  it('are one where the account is of another gateway', () => {
    const elsewhere = { origin: 'https://other.example.org' };
    assert.deepEqual(figures([account('acc', spent(5)), key('a', spent(2), elsewhere)]), [['all', 7, 0]]);
    assert.deepEqual(figures([account('acc', spent(5)), key('a', spent(2), { kind: 'aioHub' })]), [
      ['all', 7, 0],
    ]);
  });

  it('take two paths of one host for two gateways', () => {
    const origin = 'https://host.example';
    const at = (path: string) => ({ origin, baseUrl: origin + path });
    const raw = reading({ name: 'Same', quota: quota(40, 100), unit: { code: 'UNITS', source: 'default' } });
    assert.deepEqual(figures([account('acc', spent(5), at('/a')), key('k', spent(2), at('/b'))]), [
      ['all', 7, 0],
    ]);
    assert.deepEqual(figures([account('acc', spent(5), at('/a')), key('k', spent(2), at('/a'))]), [
      ['accounts', 5, 0],
      ['keys', 2, 0],
    ]);
    const counted = [
      key('k', spent(1), { ...at('/a'), reading: raw }),
      key('l', spent(2), { ...at('/b'), reading: raw }),
      key('m', spent(4), { origin, reading: raw }),
    ];
    assert.deepEqual(
      spendSums(counted).map(({ gateway, today, twice }) => [gateway, today, twice]),
      [
        ['host.example/a', 1, undefined],
        ['host.example/b', 2, undefined],
        ['host.example', 4, undefined],
      ],
    );
  });

  it('tell of no key twice that is at two paths of one host', () => {
    const same = { reading: reading({ name: 'Same', quota: quota(40, 100) }) };
    const twiceAt = (one: Partial<KeyState>, two: Partial<KeyState>) =>
      spendSums([key('k', spent(1), { ...same, ...one }), key('l', spent(1), { ...same, ...two })])[0]?.twice;
    const [api, www] = [{ origin: 'https://api.host.example' }, { origin: 'https://www.host.example' }];
    assert.deepEqual(twiceAt(api, www), ['k', 'l']);
    const mounted = (path: string, at: { origin: string }) => ({ ...at, baseUrl: at.origin + path });
    assert.deepEqual(twiceAt(mounted('/a', api), mounted('/a', www)), ['k', 'l']);
    assert.equal(twiceAt(mounted('/a', api), mounted('/b', api)), undefined);
    assert.equal(twiceAt(mounted('/a', api), mounted('/a', api)), undefined);
  });

  it('take two addresses in numbers for two gateways', () => {
    const at = (origin: string) => ({ origin });
    assert.deepEqual(
      figures([
        account('acc', spent(5), at('http://10.1.0.1:3000')),
        key('a', spent(2), at('http://10.2.0.1:3000')),
      ]),
      [['all', 7, 0]],
    );
  });

  it('lack nothing of a server itself, which spends nothing', () => {
    const readFrom = { id: 'prom', label: 'Prom', isServer: true } as const;
    assert.deepEqual(figures([key('prom', undefined), key('a', spent(1), { via: 'Prom', readFrom })]), [
      ['all', 1, 0],
    ]);
  });

  it('are one for each gateway behind a server too, with that of keys of one’s own there', () => {
    const raw = (gatewayName?: string) =>
      reading({ gatewayName, unit: { code: 'UNITS', source: 'default' } });
    const served = { via: 'Team', kind: 'teamServer', origin: 'https://team.example' };
    const keys = [
      key('a', spent(1), { ...served, reading: raw('one.dev') }),
      key('b', spent(20), { ...served, reading: raw('two.dev/v') }),
      key('c', spent(300), { origin: 'https://one.dev', reading: raw('Relay One') }),
      key('d', spent(4000), { ...served, reading: raw() }),
    ];
    assert.deepEqual(
      spendSums(keys).map(({ today, gateway }) => [today, gateway]),
      [
        [301, 'one.dev'],
        [20, 'two.dev/v'],
        [4000, 'team.example'],
      ],
    );
  });

  it('are one for each gateway where keys are counted in raw quota units, which differ', () => {
    const raw = (id: string, today: number, origin: string) =>
      key(id, spent(today), { origin, reading: reading({ unit: { code: 'UNITS', source: 'default' } }) });
    const keys = [
      raw('a', 1000, 'https://one.dev'),
      raw('b', 2000, 'https://two.dev:8443'),
      raw('c', 500, 'https://one.dev'),
      key('d', spent(3), { origin: 'https://one.dev' }),
      key('e', spent(4), { origin: 'https://two.dev' }),
    ];
    assert.deepEqual(
      spendSums(keys).map(({ today, gateway }) => [today, gateway]),
      [
        [1500, 'one.dev'],
        [2000, 'two.dev:8443'],
        [7, undefined],
      ],
    );
  });

  describe('with keys that may have one balance', () => {
    const at = (id: string, more: Partial<KeyState> = {}) =>
      key(id, spent(2), { kind: 'deepSeek', reading: reading({ account: { balance: 5 } }), ...more });
    const sharing = (...keys: readonly KeyState[]) => spendSums(keys)[0]?.sharing;

    it('name them', () => {
      assert.deepEqual(sharing(at('a'), at('b'), key('c', spent(1))), ['a', 'b']);
    });

    it('name none alone, with a cap of its own, elsewhere, or of which nothing is counted', () => {
      const capped = reading({ account: { balance: 5 }, quota: quota(3, 5) });
      for (const [what, second] of Object.entries({
        cap: at('b', { reading: capped }),
        place: at('b', { origin: 'https://two.example' }),
        kind: at('b', { kind: 'moonshot' }),
        credential: at('b', { credential: 'managementKey' }),
        spend: at('b', { spend: undefined }),
      }))
        assert.equal(sharing(at('a'), second), undefined, what);
      assert.equal(sharing(at('a')), undefined);
      const credential = 'managementKey';
      assert.equal(sharing(at('a', { credential }), at('b', { credential })), undefined, 'two accounts');
    });
  });

  describe('with a key that may be in them twice', () => {
    const at = (host: string, name: string | undefined, more: Partial<KeyState> = {}) =>
      key(`${name} at ${host}`, spent(2), {
        kind: 'newApi',
        origin: `https://${host}`,
        reading: { ...reading({ quota: quota(3, 5) }), name },
        ...more,
      });
    const twice = (...keys: readonly KeyState[]) => spendSums(keys)[0]?.twice;

    it('name it, at two addresses of one server', () => {
      assert.deepEqual(twice(at('api.one.example', 'work'), at('www.one.example', 'work')), [
        'work at api.one.example',
        'work at www.one.example',
      ]);
      assert.deepEqual(
        twice(at('api.one.example', 'a'), at('api.one.example', 'b'), at('www.one.example', 'b')),
        ['b at api.one.example', 'b at www.one.example'],
      );
    });

    it('name none at one address, of another domain, name, limit or kind, or without a name', () => {
      const work = at('api.one.example', 'work');
      const other = { reading: { ...reading({ quota: quota(3, 6) }), name: 'work' } };
      for (const [what, second] of Object.entries({
        address: { ...at('api.one.example', 'work'), id: 'second' },
        domain: at('api.two.example', 'work'),
        name: at('www.one.example', 'home'),
        limit: at('www.one.example', 'work', other),
        kind: at('www.one.example', 'work', { kind: 'aioHub' }),
      }))
        assert.equal(twice(work, second), undefined, what);
      assert.equal(twice(at('api.one.example', undefined), at('www.one.example', undefined)), undefined);
    });

    it('name none of which nothing is counted', () => {
      const silent = at('www.one.example', 'work', { spend: undefined });
      assert.equal(twice(at('api.one.example', 'work'), silent), undefined);
    });
  });
});
