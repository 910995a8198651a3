import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import { SIMPLE_KINDS } from '../../sampleGateways/simple/simpleKinds.ts';
import { wireTroubles } from '../../sampleGateways/simple/wireTroubles.ts';
import { MINUTE } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';
import type { Told } from './simple/proof.ts';
import { SIMPLE_PROOFS } from './simple/proofs.ts';

it('every kind that is asked by one GET is proved', () => {
  assert.deepEqual(
    SIMPLE_PROOFS.map(({ kind }) => kind),
    Object.keys(SIMPLE_KINDS),
  );
});

for (const { kind, told, refused } of SIMPLE_PROOFS) {
  it(`every scenario of ${kind} alone is proved`, () => {
    const proved = new Set(['ok', ...Object.keys(told), ...Object.keys(refused)]);
    const own = Object.keys(SIMPLE_KINDS[kind].scenarios).filter(name => !Object.hasOwn(wireTroubles, name));
    assert.deepEqual(
      own.filter(name => !proved.has(name)),
      [],
    );
  });
}

for (const { kind, usual, told, refused, refusesAs = 'refused-key' } of SIMPLE_PROOFS) {
  describe(`a key at ${kind}`, () => {
    let setup: TestSetup;
    afterEach(() => setup.close());
    const refreshed = async (handle: string) => {
      setup = await TestSetup.open({ kind });
      return setup.testWindow.refreshKey(await setup.testWindow.keyService.add(setup.key(handle)));
    };

    for (const [scenario, more] of Object.entries({ ok: {}, ...told })) {
      const expected: Told = { status: 'ok', ...usual, ...more };
      it(`${scenario}: ${expected.figure}, ${expected.status}`, async () => {
        assert.deepEqual(plain(partsOf(await refreshed(scenario))), plain(expected));
      });
    }

    for (const [scenario, [reason, status, says]] of Object.entries(refused)) {
      it(`${scenario}: keeps the last good figure and says ${reason}`, async () => {
        setup = await TestSetup.open({ kind });
        const id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Mine' }));
        await setup.testWindow.refreshKey(id);
        setup.gateway.setScenario('ok', scenario);
        assert.equal((await setup.failure(setup.key('ok'))).reason, reason);
        let state = await setup.testWindow.refreshKey(id);
        if (status === 'invalid' || status === 'disabled') {
          assert.deepEqual(
            [state.failure?.class, state.status],
            ['transient', 'ok'],
            'it does not count yet',
          );
          setup.clock.jump(10 * MINUTE);
          state = await setup.testWindow.refreshKey(id);
        }
        assert.equal(state.status, status);
        assert.match(state.failure?.message ?? '', says);
        assert.equal(figureText(state), usual.figure);
      });
    }

    it('a wrong one is refused', async () => {
      setup = await TestSetup.open({ kind });
      const secret = setup.gateway.holdings.unknownSecret('no key');
      const failure = await setup.failure(setup.key('ok', { secret }));
      assert.equal(failure.reason, refusesAs);
      assert.doesNotMatch(JSON.stringify(failure), /CANARY/, 'a refusal may have the key in it');
    });
  });
}

function partsOf(state: KeyState): Told {
  const {
    quota,
    account,
    accountKeys,
    accountKeysMissing,
    windows,
    budget,
    plan,
    unreadable,
    expiresAt,
    unit,
  } = state.reading ?? assert.fail(state.failure?.message);
  const parts = {
    quota,
    account,
    accountKeys,
    accountKeysMissing,
    windows,
    budget,
    plan,
    unreadable,
    expiresAt,
    unit,
  };
  return { ...parts, status: state.status, figure: figureText(state) };
}

/** Without the members that are not there. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
