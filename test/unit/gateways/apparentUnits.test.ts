import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { GatewaySettings } from '../../../src/core/ports/settings.ts';
import type { Unit } from '../../../src/core/quota/unit.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import { CNY_SITE, type SiteStatus } from '../../sampleGateways/siteStatus.ts';
import { TestSetup } from '../support/testSetup.ts';
import { SETTINGS } from '../support/testWindow.ts';

/** 0.5 of 2 granted were used; an hour later, a whole 1. */
const FRACTIONS = { total_granted: 2, total_used: 0.5, total_available: 1.5 };
const WHOLE = { total_granted: 2, total_used: 1, total_available: 1 };

interface Case {
  readonly status?: SiteStatus;
  readonly setting?: GatewaySettings;
  readonly totals?: typeof FRACTIONS;
  readonly envelope?: Record<string, unknown>;
  readonly unit: Unit;
  readonly remaining: number;
  readonly figure: string;
}

const dollars = (source: Unit['source']): Unit => ({ code: 'USD', source });

/** A fork of New API whose keys tell amounts and not units, as AIOHub does, at an address nobody knows. */
const CASES: Readonly<Record<string, Case>> = {
  'fractions are amounts, marked': {
    unit: dollars('default'),
    remaining: 1.5,
    figure: '≈ $1.50',
  },
  'and so are whole numbers of the same fork, or figures would leap': {
    totals: WHOLE,
    unit: dollars('default'),
    remaining: 1,
    figure: '≈ $1.00',
  },
  'fractions in New API’s own envelope': {
    envelope: { code: true, message: 'ok' },
    unit: dollars('default'),
    remaining: 1.5,
    figure: '≈ $1.50',
  },
  'whole numbers in New API’s own envelope are units': {
    envelope: { code: true, message: 'ok' },
    totals: WHOLE,
    unit: dollars('gateway'),
    remaining: 0.000002,
    figure: '$0.000002',
  },
  'in the unit that the site shows': {
    status: CNY_SITE,
    unit: { code: 'CNY', source: 'default' },
    remaining: 1.5,
    figure: '≈ ¥1.50',
  },
  'the user’s word that they are amounts takes the mark away': {
    setting: { unit: 'display' },
    unit: dollars('gateway'),
    remaining: 1.5,
    figure: '$1.50',
  },
  'the user’s word that they are units counts': {
    setting: { unit: 'units' },
    unit: { code: 'UNITS', source: 'setting' },
    remaining: 1.5,
    figure: '1.5 units',
  },
  'and so does the user’s own measure': {
    setting: { unit: 'auto', unitsPerDollar: 10 },
    unit: dollars('setting'),
    remaining: 0.15,
    figure: '$0.15',
  },
};

describe('a fork that tells amounts where New API tells units', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  for (const [name, { status, setting, totals, envelope, unit, remaining, figure }] of Object.entries(
    CASES,
  )) {
    it(name, async () => {
      const fork = {
        envelope: envelope ?? { success: true, message: 'ok' },
        without: ['object'],
        data: totals ?? FRACTIONS,
      };
      setup = await TestSetup.open({ ...(status && { status }), scenarios: { fork } });
      if (setting)
        setup.testWindow.settings = { ...SETTINGS, gateways: new Map([[setup.gateway.origin, setting]]) };
      const state = await setup.testWindow.refreshKey(
        await setup.testWindow.keyService.add(setup.key('fork')),
      );
      assert.deepEqual(JSON.parse(JSON.stringify(state.reading?.unit)), unit);
      assert.equal(state.reading?.quota?.remaining, remaining);
      assert.equal(figureText(state), figure);
    });
  }
});
