import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Scale, UnitOverride } from '../../../src/core/quota/unit.ts';
import { conversionName } from '../../../src/gateways/conversionName.ts';
import { parseSite, type Site, sanitizeSymbol, withFallbackScale } from '../../../src/gateways/site.ts';
import { convertedScale, displayScale, rawScale } from '../../../src/gateways/siteScale.ts';

const USD: Site = { unitsPerDollar: 500_000, display: 'USD' };
const CNY: Site = { unitsPerDollar: 500_000, display: 'CNY', yuanPerDollar: 7.3 };
const TOKENS: Site = { unitsPerDollar: 500_000, display: 'TOKENS' };
const CUSTOM: Site = {
  unitsPerDollar: 500_000,
  display: 'CUSTOM',
  customSymbol: '₽',
  customPerDollar: 92.5,
};

/** `CUSTOM ₽ by gateway, 5405.4` */
const named = ({ unit: { code, symbol, source }, perUnit }: Scale) =>
  `${[code, symbol].filter(Boolean).join(' ')} by ${source}, ${Number(perUnit.toFixed(4))}`;

type Case = readonly [site: Site | undefined, override: UnitOverride | undefined, expected: string];

describe('the scale of raw units', () => {
  const CASES: readonly Case[] = [
    [USD, undefined, 'USD by gateway, 500000'],
    [CNY, undefined, 'CNY by gateway, 68493.1507'],
    [TOKENS, undefined, 'TOKENS by gateway, 1'],
    [CUSTOM, undefined, 'CUSTOM ₽ by gateway, 5405.4054'],
    [{ ...CNY, yuanPerDollar: undefined }, undefined, 'USD by default, 500000'],
    [{ ...CUSTOM, customPerDollar: undefined }, undefined, 'USD by default, 500000'],
    // How much a unit is worth is told, but not in which currency.
    [{ unitsPerDollar: 1000 }, undefined, 'USD by default, 1000'],
    [{ display: 'USD' }, undefined, 'USD by default, 500000'],
    [undefined, undefined, 'USD by default, 500000'],
    [CNY, { unit: 'auto' }, 'CNY by gateway, 68493.1507'],
    [CNY, { unit: 'USD' }, 'USD by setting, 500000'],
    [CNY, { unit: 'CNY' }, 'CNY by setting, 68493.1507'],
    [USD, { unit: 'CNY' }, 'USD by default, 500000'],
    [{ ...USD, yuanPerDollar: 7.3 }, { unit: 'CNY' }, 'CNY by setting, 68493.1507'],
    [undefined, { unit: 'USD' }, 'USD by setting, 500000'],
    [CNY, { unit: 'units' }, 'UNITS by setting, 1'],
    [CNY, { unit: 'display' }, 'CNY by gateway, 1'],
    [USD, { unitsPerDollar: 100 }, 'USD by setting, 100'],
    [CNY, { unitsPerDollar: 730 }, 'CNY by setting, 100'],
    [TOKENS, { unitsPerDollar: 100 }, 'TOKENS by gateway, 1'],
    [CUSTOM, { unitsPerDollar: 185 }, 'CUSTOM ₽ by setting, 2'],
    [undefined, { unitsPerDollar: 100 }, 'USD by setting, 100'],
    [USD, { unit: 'USD', unitsPerDollar: 100 }, 'USD by setting, 100'],
  ];
  for (const [site, override, expected] of CASES) {
    it(`of ${JSON.stringify(site)} with ${JSON.stringify(override)}: ${expected}`, () =>
      assert.equal(named(rawScale(site, override, 'default')), expected));
  }

  it('is not assumed for a kind that promises none', () => {
    const of = (site?: Site, override?: UnitOverride) => named(rawScale(site, override, 'units'));
    assert.equal(of(), 'UNITS by default, 1');
    assert.equal(of({ display: 'USD' }), 'UNITS by default, 1');
    assert.equal(of(USD), 'USD by gateway, 500000');
    assert.equal(of(undefined, { unit: 'USD' }), 'USD by setting, 500000');
    assert.equal(of(undefined, { unitsPerDollar: 100 }), 'USD by setting, 100');
  });
});

describe('the scale of amounts in the display unit', () => {
  const CASES: readonly Case[] = [
    [USD, undefined, 'USD by gateway, 1'],
    [CNY, { unit: 'auto' }, 'CNY by gateway, 1'],
    [CNY, { unit: 'display' }, 'CNY by gateway, 1'],
    [TOKENS, undefined, 'TOKENS by gateway, 1'],
    [CUSTOM, undefined, 'CUSTOM ₽ by gateway, 1'],
    [{ ...USD, customSymbol: '₽' }, undefined, 'USD by gateway, 1'],
    [undefined, undefined, 'CUSTOM by default, 1'],
    [{ unitsPerDollar: 1000 }, undefined, 'CUSTOM by default, 1'],
    [USD, { unit: 'USD' }, 'USD by setting, 1'],
    [CNY, { unit: 'CNY' }, 'CNY by setting, 1'],
    [CNY, { unit: 'USD' }, 'USD by setting, 7.3'],
    [{ ...CNY, yuanPerDollar: undefined }, { unit: 'USD' }, 'USD by setting, 1'],
    [{ ...USD, yuanPerDollar: 4 }, { unit: 'CNY' }, 'CNY by setting, 0.25'],
    [USD, { unit: 'CNY' }, 'USD by default, 1'],
    [CUSTOM, { unit: 'USD' }, 'USD by setting, 92.5'],
    [TOKENS, { unit: 'USD' }, 'USD by setting, 500000'],
    [TOKENS, { unit: 'USD', unitsPerDollar: 100 }, 'USD by setting, 100'],
    [undefined, { unit: 'USD' }, 'USD by setting, 1'],
    [{ unitsPerDollar: 1000 }, { unit: 'USD' }, 'USD by setting, 1'],
    [CNY, { unit: 'units' }, 'UNITS by setting, 1'],
  ];
  for (const [site, override, expected] of CASES) {
    it(`of ${JSON.stringify(site)} with ${JSON.stringify(override)}: ${expected}`, () =>
      assert.equal(named(displayScale(site, override)), expected));
  }
});

describe('the scale of amounts that seem converted', () => {
  const of = (site?: Site, override?: UnitOverride) => {
    const scale = convertedScale(site, override);
    return scale && named(scale);
  };

  it('is assumed to be that of the display unit', () => {
    assert.equal(of(USD), 'USD by default, 1');
    assert.equal(of(CUSTOM), 'CUSTOM ₽ by default, 1');
    assert.equal(of(), 'CUSTOM by default, 1');
    assert.equal(of(CNY, { unit: 'USD' }), 'USD by setting, 7.3');
    assert.equal(of(CNY, { unit: 'auto' }), 'CNY by default, 1');
  });

  it('is not needed where the user has said what amounts are', () => {
    for (const override of [{ unitsPerDollar: 100 }, { unit: 'units' }, { unit: 'display' }] as const)
      assert.equal(of(USD, override), undefined);
  });
});

describe('what a site says about itself', () => {
  it('names its conversion by what counts in it', () => {
    assert.equal(conversionName(undefined), '');
    assert.equal(conversionName({ ...USD, yuanPerDollar: 7.3, customPerDollar: 2 }), 'USD 500000');
    assert.equal(conversionName({ ...CNY, customPerDollar: 2 }), 'CNY 500000 7.3');
    assert.equal(conversionName({ ...CUSTOM, yuanPerDollar: 7.3 }), 'CUSTOM 500000 92.5');
    assert.equal(conversionName({ display: 'TOKENS' }), 'TOKENS');
  });

  it('keeps the last units a dollar where it says none now', () => {
    assert.equal(withFallbackScale({ display: 'USD' }, { unitsPerDollar: 1000 }).unitsPerDollar, 1000);
    assert.equal(withFallbackScale(USD, { unitsPerDollar: 1000 }).unitsPerDollar, 500_000);
    assert.equal(withFallbackScale({ display: 'USD' }, undefined).unitsPerDollar, undefined);
  });

  it('has a symbol without what would read as a part of the figure', () => {
    assert.equal(sanitizeSymbol('₽'), '₽');
    assert.equal(sanitizeSymbol(' R$ 5.00-'), 'R$');
    assert.equal(sanitizeSymbol('1,000'), undefined);
    assert.equal(sanitizeSymbol(undefined), undefined);
  });

  it('shows which software it is by its members', () => {
    const CASES: readonly [members: readonly string[], lineage: Site['lineage']][] = [
      [['quota_display_type'], 'newApi'],
      [['quota_display_type', 'chats', 'EnableSafe', 'chat_link'], 'newApi'],
      [['PaymentUSDRate'], 'oneHub'],
      [['EnableSafe', 'chats', 'chat_link'], 'oneHub'],
      [['chats'], 'oldNewApi'],
      [['data_export_default_time', 'chat_link'], 'oldNewApi'],
      [['chat_link'], 'oneApi'],
      [['lark_client_id'], 'oneApi'],
      [['version'], undefined],
    ];
    for (const [members, lineage] of CASES)
      assert.equal(parseSite(Object.fromEntries(members.map(name => [name, null]))).lineage, lineage);
  });

  it('has a display unit by its type, else by the switch of old versions', () => {
    const of = (quota_display_type?: unknown, display_in_currency?: unknown) =>
      parseSite({ quota_display_type, display_in_currency }).display;
    for (const type of ['USD', 'CNY', 'TOKENS', 'CUSTOM'] as const) assert.equal(of(type, false), type);
    assert.equal(of('EUR', true), undefined);
    assert.equal(of(undefined, true), 'USD');
    assert.equal(of(undefined, false), 'TOKENS');
    assert.equal(of(undefined, 'yes'), 'USD');
    assert.equal(of(7, false), 'TOKENS');
  });

  it('has a name and a version that are harmless to show, and whether it sums hours', () => {
    const site = parseSite({ system_name: 'My\u202E API', version: 'v1\n', enable_data_export: false });
    assert.deepEqual([site.name, site.version, site.sumsHours], ['My API', 'v1', false]);
    const mute = parseSite({ system_name: 7, version: null, enable_data_export: 'yes' });
    assert.deepEqual([mute.name, mute.version, mute.sumsHours], [undefined, undefined, undefined]);
  });

  it('has rates and units that can be meant, or none', () => {
    const of = (number: unknown) => {
      const { unitsPerDollar, yuanPerDollar, customPerDollar } = parseSite({
        quota_per_unit: number,
        usd_exchange_rate: number,
        custom_currency_exchange_rate: number,
      });
      return [unitsPerDollar, yuanPerDollar, customPerDollar];
    };
    assert.deepEqual(of(7.3), [7.3, 7.3, 7.3]);
    assert.deepEqual(of('7.3'), [7.3, 7.3, 7.3]);
    assert.deepEqual(of(1e-9), [undefined, 1e-9, 1e-9]);
    assert.deepEqual(of(0.9e-9), [undefined, undefined, undefined]);
    assert.deepEqual(of(1e9), [1e9, 1e9, 1e9]);
    assert.deepEqual(of(1.1e9), [1.1e9, undefined, undefined]);
    assert.deepEqual(of(1e-3), [1e-3, 1e-3, 1e-3]);
    assert.deepEqual(of(1e12), [1e12, undefined, undefined]);
    for (const none of [0, -1, 'many', null]) assert.deepEqual(of(none), [undefined, undefined, undefined]);
  });
});
