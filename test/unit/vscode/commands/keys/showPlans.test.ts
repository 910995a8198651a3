import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { TestSetup } from '../../../support/testSetup.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

describe('the command that lists the plans of a gateway', () => {
  let setup: TestSetup;
  let id: string;

  beforeEach(async () => {
    Object.assign(vscodeStub, { person: {}, shown: [], handed: [], lists: [] });
    setup = await TestSetup.open({ kind: 'cheapestInference' });
    id = (await setup.add(setup.key('ok'))).id;
    await setup.testWindow.monitor.start();
    setup.gateway.calls.length = 0;
  });
  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
  });

  const tell = (plans: readonly object[]) =>
    setup.gateway.setReply('GET /api/plans', { status: 200, body: JSON.stringify(plans) });

  it('shows name, price and limits of each, and nothing in the place of what is not told', async () => {
    tell([
      { slug: 'pro', name: 'Pro', priceUsdc: 20, rateLimits: { rpm_limit: 60, tpm_limit: 90_000 } },
      { slug: 'free', priceUsdc: 0, rateLimits: { tpm_limit: 5 } },
      { slug: 'odd', name: 'Odd', rateLimits: { rpm_limit: 7 } },
      { slug: 'bare', name: 'Bare' },
    ]);
    await setup.run('showPlans', id);
    assert.deepEqual(
      vscodeStub.lists[0]?.map(({ label, description, detail }) => [label, description, detail]),
      [
        ['Pro', '$20.00', '60 requests a minute, 90,000 tokens a minute'],
        ['free', '$0.00', '5 tokens a minute'],
        ['Odd', '', '7 requests a minute'],
        ['Bare', '', ''],
      ],
    );
    assert.equal(vscodeStub.shown[0], `Plans at ${new URL(setup.gateway.origin).host}`);
  });

  it('asks nothing where no key is chosen', async () => {
    assert.equal(await setup.run('showPlans', undefined), undefined);
    assert.deepEqual(
      vscodeStub.lists.map(list => list.map(({ label }) => label.replace(/^\S+ /, ''))),
      [['ok']],
    );
    assert.deepEqual(setup.gateway.calls, []);
  });
});
