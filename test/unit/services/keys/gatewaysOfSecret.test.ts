import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gateways } from '../../../../src/gateways/registry.ts';
import { gatewaysOfSecret } from '../../../../src/services/keys/gatewaysOfSecret.ts';
import { KINDS } from '../../../sampleGateways/kinds.ts';

describe('the kinds that a secret’s form shows', () => {
  const kindsOf = (secret: string) => gatewaysOfSecret(secret, gateways).map(({ kind }) => kind);
  const HEX = '0123456789abcdef0123456789abcdef';

  for (const [secret, kind] of [
    [`sk-or-v1-${HEX}${HEX}`, 'openRouter'],
    ['sk-ant-admin01-Made0Up1', 'anthropic'],
    ['sk-admin-Made0Up1', 'openAi'],
    ['sk-kimi-Made0Up1', 'kimiCode'],
    ['sk-cp-Made0Up1', 'miniMax'],
    ['vck_Made0Up1', 'vercelGateway'],
    ['cr_Made0Up1', 'claudeRelay'],
    ['sk_live_Made0Up1', 'cheapestInference'],
    ['mk_Made0Up1', 'cheapestInference'],
    [`${HEX}.Made0Up123456789`, 'glmPlan'],
  ] as const) {
    it(`${secret.slice(0, 14)}… is ${kind}, and no other`, () => assert.deepEqual(kindsOf(secret), [kind]));
  }

  for (const secret of [
    `sk-${HEX}`,
    `sk-${HEX}0123456789abcdef`,
    'sk-ant-api03-Made0Up1',
    'sk-ant-oat01-Made0Up1',
    'sk-proj-Made0Up1',
    // What only holds such a beginning, or more than the form.
    `xsk-or-v1-${HEX}`,
    `0${HEX}.Made0Up123456789`,
    HEX,
    '',
  ]) {
    it(`“${secret.slice(0, 14)}” may be of many`, () => assert.deepEqual(kindsOf(secret), []));
  }

  it('never speaks for another kind than the one whose sample keys are written so', () => {
    for (const [name, { secretPrefix }] of Object.entries(KINDS)) {
      const kinds = kindsOf(`${secretPrefix ?? 'sk-'}Made0Up1`);
      assert.ok(kinds.length === 0 || kinds[0] === name, `${name}: ${kinds}`);
    }
  });
});
