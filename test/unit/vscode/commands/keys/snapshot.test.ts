import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../../src/core/quota/keyState.ts';
import { TestSetup } from '../../../support/testSetup.ts';

describe('the command that gives programs the snapshot', () => {
  let setup: TestSetup;

  beforeEach(async () => {
    setup = await TestSetup.open({ scenarios: { one: {}, two: {} } });
  });

  afterEach(() => setup.close());

  it('gives the states that the API has, of all keys, and asks no gateway', async () => {
    await setup.add(setup.key('one'));
    await setup.add(setup.key('two'));
    const asked = setup.gateway.calls.length;
    const states = (await setup.run('snapshot', undefined)) as readonly KeyState[];
    assert.deepEqual(states, JSON.parse(JSON.stringify(setup.testWindow.monitor.snapshot)));
    assert.deepEqual(
      states.map(({ status }) => status),
      ['ok', 'ok'],
    );
    assert.equal(setup.gateway.calls.length, asked);
  });

  it('gives an empty list where there are no keys, and offers nothing', async () => {
    assert.deepEqual(await setup.run('snapshot', undefined), []);
  });
});
