import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import type * as AgentSettings from '../../../../src/vscode/host/agentSettings.ts';
import type * as DescribedSettings from '../../../../src/vscode/host/describedSettings.ts';
import { settingEntries } from '../../../../src/vscode/host/settingEntries.ts';
import type * as Settings from '../../../../src/vscode/host/settings.ts';
import type * as SettingValues from '../../../../src/vscode/host/settingValues.ts';
import type * as StatusBarSettings from '../../../../src/vscode/host/statusBarSettings.ts';
import type * as WarningSettings from '../../../../src/vscode/host/warningSettings.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

describe('settings', () => {
  let values: typeof SettingValues;
  let readAll: () => unknown;

  before(async () => {
    values = await importWithStub<typeof SettingValues>('vscode/host/settingValues.ts');
    const { readFiguresHidden, readSettings } =
      await importWithStub<typeof Settings>('vscode/host/settings.ts');
    const warnings = await importWithStub<typeof WarningSettings>('vscode/host/warningSettings.ts');
    const bar = await importWithStub<typeof StatusBarSettings>('vscode/host/statusBarSettings.ts');
    const described = await importWithStub<typeof DescribedSettings>('vscode/host/describedSettings.ts');
    const agents = await importWithStub<typeof AgentSettings>('vscode/host/agentSettings.ts');
    readAll = () => {
      const { gateways, ...settings } = readSettings();
      const { kinds, ...rules } = warnings.readWarningRules(settings.low);
      described.applyDescriptions();
      return {
        ...settings,
        gateways: Object.fromEntries(gateways),
        rules: { ...rules, kinds: [...kinds] },
        look: bar.readStatusBarLook(),
        agents: agents.readAgentSettings(),
        hideFigures: readFiguresHidden(),
        webhookNames: warnings.areWebhookNamesAllowed(),
      };
    };
  });

  afterEach(() => {
    vscodeStub.settings = {};
  });

  it('are read by the code, each of them', () => {
    vscodeStub.settingsRead.clear();
    readAll();
    assert.deepEqual([...vscodeStub.settingsRead].toSorted(), Object.keys(settingEntries).toSorted());
  });

  it('of time are whole milliseconds, since a claim could not be saved with a part of one', () => {
    vscodeStub.settings = { pollMinutes: 3.333333, timeoutSeconds: 12.34567 };
    const { pollMs, timeoutMs } = readAll() as { readonly pollMs: number; readonly timeoutMs: number };
    assert.deepEqual([pollMs, timeoutMs], [200_000, 12_346]);
  });

  it('are as the manual has them while nothing is set', () => {
    assert.deepEqual(readAll(), {
      pollMs: 300_000,
      timeoutMs: 15_000,
      low: { percent: 20, amounts: { USD: 1, CNY: 7 } },
      listPriceRatio: undefined,
      monthBegins: 1,
      retention: { rawDays: 30, hourlyDays: 365, ledgerDays: 1100 },
      gateways: {},
      rules: {
        enabled: true,
        kinds: ['expiry', 'plan', 'low', 'forecast', 'spend', 'limit', 'refused'],
        expiryDays: [7, 3, 1],
        percents: [20, 5],
        amounts: { USD: [1, 0.25], CNY: [7, 1.75], TOKENS: [], UNITS: [], CUSTOM: [] },
        spendFactor: 3,
        smallSpend: { USD: 1, CNY: 7 },
        limitPercents: [80, 100],
        monthBegins: 1,
        quietHours: undefined,
      },
      look: {
        visible: true,
        style: 'amount',
        template: '{name} {left} · {today}',
        items: 'combined',
        alignment: 'right',
        maxLength: 50,
        colors: true,
      },
      agents: { enabled: true, names: false },
      hideFigures: false,
      webhookNames: false,
    });
  });

  it('out of range are the nearest bound, of another type the default', () => {
    for (const [set, means] of [
      [0, 1],
      [1441, 1440],
      [1, 1],
      [1440, 1440],
      ['7', 5],
      [Number.NaN, 5],
      [null, 5],
    ]) {
      vscodeStub.settings = { pollMinutes: set };
      assert.equal(values.readNumber('pollMinutes'), means, String(set));
    }
    for (const [set, means] of [
      [false, false],
      ['false', true],
      [0, true],
    ]) {
      vscodeStub.settings = { 'statusBar.visible': set };
      assert.equal(values.readFlag('statusBar.visible'), means, String(set));
    }
    for (const [set, means] of [
      ['bar', 'bar'],
      ['Bar', 'amount'],
      [3, 'amount'],
    ]) {
      vscodeStub.settings = { 'statusBar.style': set };
      assert.equal(values.readChoice('statusBar.style'), means, String(set));
    }
  });

  it('let agents in by a yes alone', () => {
    for (const [set, enabled] of [
      [true, true],
      [false, false],
      ['false', false],
      [1, false],
    ]) {
      vscodeStub.settings = { 'agents.enabled': set };
      assert.equal((readAll() as { agents: { enabled: boolean } }).agents.enabled, enabled, String(set));
    }
  });

  it('of a gateway keep to their bounds, and a scale beyond them is no scale', () => {
    const read = (gateway: object) => {
      vscodeStub.settings = { gateways: { 'https://gw.example': gateway } };
      return (readAll() as { gateways: Record<string, object> }).gateways['https://gw.example'];
    };
    assert.deepEqual(read({ pollMinutes: 0.5 }), { pollMinutes: 1 });
    assert.deepEqual(read({ pollMinutes: 1e9 }), { pollMinutes: 1440 });
    assert.deepEqual(read({ share: 40 }), { share: 40 });
    assert.deepEqual(read({ share: 0 }), { share: 1 });
    assert.deepEqual(read({ share: 1e9 }), { share: 1000 });
    assert.deepEqual(read({ share: 'auto' }), {});
    assert.deepEqual(read({ share: Number.NaN }), {});
    assert.deepEqual(read({ unitsPerDollar: 0.0009 }), {});
    assert.deepEqual(read({ unitsPerDollar: 2e12 }), {});
    assert.deepEqual(read({ unitsPerDollar: 0.001 }), { unitsPerDollar: 0.001 });
    assert.deepEqual(read({ unit: 'CNY' }), { unit: 'CNY' });
    assert.deepEqual(read({ unit: 'EUR' }), {});
  });

  it('about warnings count where they have the right form, each for itself', () => {
    const rules = (settings: Readonly<Record<string, unknown>>) => {
      vscodeStub.settings = settings;
      return (readAll() as { rules: Readonly<Record<string, unknown>> }).rules;
    };
    assert.deepEqual(rules({ 'warnings.kinds': { low: false, spend: 'no', plan: 0, refill: true } }).kinds, [
      ...['expiry', 'plan', 'forecast', 'spend', 'limit', 'refused', 'refill'],
    ]);
    assert.deepEqual(rules({ 'warnings.kinds': 'none' }).kinds, [
      ...['expiry', 'plan', 'low', 'forecast', 'spend', 'limit', 'refused'],
    ]);
    const mixed = [-1, Number.NaN, '5', null, 0, 5, Number.POSITIVE_INFINITY];
    assert.deepEqual(rules({ 'warnings.expiryDays': mixed }).expiryDays, [0, 5]);
    assert.deepEqual(rules({ 'spending.warnAt': mixed }).limitPercents, [0, 5]);
    assert.deepEqual(rules({ 'spending.monthBegins': 40 }).monthBegins, 28);
    assert.deepEqual(rules({ 'warnings.percents': mixed }).percents, [20, 0, 5]);
    assert.deepEqual(rules({ 'warnings.amounts': { USD: mixed, CNY: 5 }, lowAmounts: {} }).amounts, {
      ...{ USD: [0, 5], CNY: [], TOKENS: [], UNITS: [], CUSTOM: [] },
    });
    for (const none of [undefined, 5, 'none', {}]) {
      const { expiryDays, percents } = rules({ 'warnings.expiryDays': none, 'warnings.percents': none });
      assert.deepEqual([expiryDays, percents], [[], [20]], String(none));
    }
    assert.deepEqual(rules({ 'warnings.quietHours': '22:00-7:30' }).quietHours, { from: 1320, to: 450 });
    for (const none of ['', 'night', 7, null])
      assert.equal(rules({ 'warnings.quietHours': none }).quietHours, undefined, String(none));
  });
});
