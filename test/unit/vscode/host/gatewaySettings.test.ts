import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { baseUrlsToRefresh, plainAllowedBy } from '../../../../src/vscode/host/gatewayRoutes.ts';
import type * as SettingsModule from '../../../../src/vscode/host/settings.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { readSettings } = await importWithStub<typeof SettingsModule>('vscode/host/settings.ts');

const read = (gateways: unknown) => {
  vscodeStub.settings = { gateways };
  return Object.fromEntries(readSettings().gateways);
};

describe('the settings of gateways', () => {
  afterEach(() => {
    vscodeStub.settings = {};
  });

  it('hold for an origin, however its address is written', () => {
    const unit = { unit: 'USD' };
    for (const address of [
      'https://gw.example',
      ' https://gw.example/ ',
      'HTTPS://GW.example/v1',
      'https:gw.example',
      'gw.example',
      'gw.example:443/v1',
    ])
      assert.deepEqual(read({ [address]: unit }), { 'https://gw.example': unit }, address);
  });

  it('hold for a base URL with a path alone, up to what its own paths begin with', () => {
    const [unit, other] = [{ unit: 'USD' }, { unit: 'CNY', share: 2 }];
    assert.deepEqual(read({ 'https://gw.example': unit, 'gw.example/newapi/v1': other }), {
      'https://gw.example': unit,
      'https://gw.example/newapi': other,
    });
    assert.deepEqual(read({ 'https://openrouter.ai/any/page': unit }), { 'https://openrouter.ai': unit });
    assert.deepEqual(read({ 'https://gw.example/a%2fb': unit }), { 'https://gw.example': unit });
  });

  it('say for a path how requests travel to its origin, where the origin’s own say nothing', () => {
    const route = { proxy: 'socks5://127.0.0.1:1080', caFile: '/ca.pem', allowHttp: true };
    const inPath = { 'https://gw.example/newapi': { ...route, unit: 'CNY' } };
    const alone = { 'https://gw.example': route, 'https://gw.example/newapi': { unit: 'CNY' } };
    assert.deepEqual(read(inPath), alone);
    const own = { 'https://gw.example': { proxy: 'direct', unit: 'USD' } };
    assert.deepEqual(read({ ...inPath, ...own }), {
      'https://gw.example': { ...route, ...own['https://gw.example'] },
      'https://gw.example/newapi': { unit: 'CNY' },
    });
  });

  it('hold together where the same origin is written in two ways, so that no proxy is forgotten', () => {
    assert.deepEqual(
      read({
        'https://gw.example': { proxy: 'socks5://127.0.0.1:1080', caFile: '/ca.pem', unit: 'CNY' },
        'gw.example/v1': { unit: 'USD' },
      }),
      { 'https://gw.example': { proxy: 'socks5://127.0.0.1:1080', caFile: '/ca.pem', unit: 'USD' } },
    );
  });

  it('are left out where the address or the value is none', () => {
    for (const gateways of [
      undefined,
      null,
      'https://gw.example',
      { '': { unit: 'USD' } },
      { 'not an address': { unit: 'USD' } },
      { 'https://me:word@gw.example': { unit: 'USD' } },
      { 'https://gw.example': null },
      { 'https://gw.example': 'direct' },
      { 'https://gw.example': 7 },
    ])
      assert.deepEqual(read(gateways), {}, JSON.stringify(gateways));
  });

  it('of a plain address are kept even where it may not be used, and take plain http for granted nowhere', () => {
    assert.deepEqual(read({ 'http://10.0.0.5:3000': { unit: 'USD' } }), {
      'http://10.0.0.5:3000': { unit: 'USD' },
    });
    assert.deepEqual(Object.keys(read({ '10.0.0.5:3000': { allowHttp: true } })), ['http://10.0.0.5:3000']);
    for (const allowHttp of [false, 'true', 1, undefined])
      assert.deepEqual(Object.keys(read({ '10.0.0.5:3000': { allowHttp } })), ['https://10.0.0.5:3000']);
    assert.deepEqual(Object.keys(read({ 'gw.example': { allowHttp: true } })), ['https://gw.example']);
  });

  it('allow plain http to the origin that they name, in a private network alone', () => {
    vscodeStub.settings = {
      gateways: {
        'http://10.0.0.5:3000': { allowHttp: true },
        'http://10.0.0.6': {},
        'http://gw.example': { allowHttp: true },
      },
    };
    const isAllowed = plainAllowedBy(readSettings());
    assert.deepEqual(
      ['http://10.0.0.5:3000', 'http://10.0.0.5', 'http://10.0.0.6', 'http://gw.example'].map(isAllowed),
      [true, false, false, false],
    );
  });

  it('keep a proxy and a certificate of any form, so that requests fail and never go another way', () => {
    const route = { proxy: 7, caFile: 'relative.pem' };
    assert.deepEqual(read({ 'https://gw.example': route }), { 'https://gw.example': route });
  });

  it('that change the unit or the way have their keys asked again, and no others', () => {
    const settings = (gateways: object) => {
      vscodeStub.settings = { gateways };
      return readSettings();
    };
    const before = {
      'https://same.example': { unit: 'USD', pollMinutes: 5 },
      'https://unit.example': { unit: 'USD' },
      'https://scale.example': { unitsPerDollar: 500_000 },
      'https://proxy.example': {},
      'https://ca.example': { caFile: '/a.pem' },
      'http://10.0.0.5': { allowHttp: true },
      'https://gone.example': { proxy: 'direct' },
      'https://usual.example': { unit: 'auto', proxy: 'default' },
    };
    const after = {
      'https://same.example': { unit: 'USD', pollMinutes: 9, share: 2 },
      'https://unit.example': { unit: 'CNY' },
      'https://scale.example': { unitsPerDollar: 1000 },
      'https://proxy.example': { proxy: 'direct' },
      'https://ca.example': { caFile: '/b.pem' },
      'http://10.0.0.5': {},
      'https://new.example': { unit: 'USD' },
    };
    assert.deepEqual([...baseUrlsToRefresh(settings(before), settings(after))].toSorted(), [
      'http://10.0.0.5',
      'https://ca.example',
      'https://gone.example',
      'https://new.example',
      'https://proxy.example',
      'https://scale.example',
      'https://unit.example',
    ]);
    assert.deepEqual([...baseUrlsToRefresh(settings(after), settings(after))], []);
  });
});

describe('amounts and ratios in settings', () => {
  afterEach(() => {
    vscodeStub.settings = {};
  });

  it('are numbers from 0 on; a ratio is above 0', () => {
    vscodeStub.settings = { lowAmounts: { USD: 0, CNY: -1, TOKENS: '5', UNITS: Number.NaN, EUR: 3 } };
    assert.deepEqual(readSettings().low.amounts, { USD: 0 });
    for (const [set, means] of [
      [0.5, 0.5],
      [0, undefined],
      [-1, undefined],
      ['0.5', undefined],
      [Number.POSITIVE_INFINITY, undefined],
    ]) {
      vscodeStub.settings = { 'review.listPriceRatio': set };
      assert.equal(readSettings().listPriceRatio, means, String(set));
    }
  });
});
