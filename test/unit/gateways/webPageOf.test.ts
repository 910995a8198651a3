import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { GatewaySettings } from '../../../src/core/ports/settings.ts';
import { webPageOf } from '../../../src/gateways/webPageOf.ts';

const KEY = { kind: 'newApi', origin: 'https://gw.example' };

const pageOf = (more: object, settings: Readonly<Record<string, GatewaySettings>> = {}) =>
  webPageOf('topUp', { ...KEY, ...more }, { gateways: new Map(Object.entries(settings)) });

describe('the page where a key is topped up', () => {
  it('is below its own base URL, where its kind has it', () => {
    assert.equal(pageOf({}), 'https://gw.example/console/topup');
    assert.equal(pageOf({ baseUrl: 'https://gw.example/newapi' }), 'https://gw.example/newapi/console/topup');
  });

  it('is the one that the user set for that base URL', () => {
    const topUpUrl = 'https://pay.example/me';
    assert.equal(pageOf({}, { 'https://gw.example': { topUpUrl } }), topUpUrl);
    assert.equal(
      pageOf({ baseUrl: 'https://gw.example/a' }, { 'https://gw.example/b': { topUpUrl } }),
      'https://gw.example/a/console/topup',
    );
  });

  it('is not known where its kind has none, and never stands on plain http', () => {
    assert.equal(pageOf({ kind: 'deepSeek', origin: 'https://api.deepseek.com' }), undefined);
    assert.equal(pageOf({ kind: 'gone' }), undefined);
    assert.equal(pageOf({ origin: 'http://192.168.1.5:3000' }), undefined);
  });

  for (const text of [
    'http://pay.example',
    'javascript:alert(1)',
    'command:workbench.action.quit',
    'file:///etc/passwd',
    'https://me:secret@pay.example/',
    'pay.example',
    ' ',
    7 as never,
  ]) {
    it(`is not ${JSON.stringify(text)}, whoever set that`, () =>
      assert.equal(
        pageOf({}, { 'https://gw.example': { topUpUrl: text } }),
        'https://gw.example/console/topup',
      ));
  }

  it('has another setting than the console', () => {
    const gateways = new Map([['https://gw.example', { topUpUrl: 'https://pay.example/' }]]);
    assert.equal(webPageOf('console', KEY, { gateways }), 'https://gw.example/console');
  });
});
