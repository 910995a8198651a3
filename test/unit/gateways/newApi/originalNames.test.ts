import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { LogPage } from '../../../../src/core/usage/logRow.ts';
import { displayNameOf, originalNameFor } from '../../../../src/gateways/newApi/originalNames.ts';
import { redactor } from '../../../../src/redaction/redactor.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { spend } from '../fixture.ts';

const MARKED = '\u200Flaptop\u200E';
const LONG = `a laptop on the setup ${'by the window, '.repeat(10)}`.trim();

const holds = (name: string) => ({ holds: { name, remain: 1_000_000, used: 0 } });

describe('a log filtered by the name that was shown', () => {
  let setup: TestSetup;
  let key: string;
  const open = async (alice: string, bob: string) => {
    setup = await TestSetup.open({
      accounts: [{ name: 'team', keys: { alice: holds(alice), bob: holds(bob) } }],
    });
    spend(setup.gateway);
    key = (await setup.add(setup.account('team'))).id;
    const [state] = (await setup.run('refresh', key)) as KeyState[];
    return state?.reading?.accountKeys?.map(({ name }) => name).toSorted();
  };
  const logs = async (keyName: string) => (await setup.run('listLogs', { key, keyName })) as LogPage;
  const asked = () =>
    setup.gateway
      .callsOf({ path: '/api/log/self' })
      .map(({ search }) => new URLSearchParams(search).get('token_name'));

  afterEach(() => setup.close());

  it('finds its rows by the true name, direction signs or not', async () => {
    assert.deepEqual(await open(MARKED, 'bob'), ['bob', 'laptop']);
    const { rows, total } = await logs('laptop');
    assert.deepEqual(
      rows.map(({ keyName, trueKeyName }) => [keyName, trueKeyName]),
      [
        ['laptop', MARKED],
        ['laptop', MARKED],
      ],
    );
    assert.equal(total, 2);
    assert.deepEqual(asked(), [MARKED]);
    assert.equal((await logs(MARKED)).rows.length, 2, 'the true name itself');
    assert.equal((await logs('bob')).rows.length, 1);
  });

  it('finds them where the name was shortened', async () => {
    const shown = `${LONG.slice(0, 99)}…`;
    assert.deepEqual(await open(LONG, 'bob'), [shown, 'bob']);
    assert.equal((await logs(shown)).rows.length, 2);
    assert.deepEqual(asked(), [LONG]);
  });

  it('finds those of both where two are shown alike, and says who filtered', async () => {
    await open(MARKED, 'laptop');
    const { rows, appliedHere } = await logs('laptop');
    assert.equal(rows.length, 3);
    assert.equal(appliedHere, undefined, 'every row of that page was wanted');
    assert.deepEqual(asked(), [null]);
  });
});

describe('the true name', () => {
  it('is kept only where it is another', () => {
    assert.deepEqual(displayNameOf('laptop'), { name: 'laptop' });
    assert.deepEqual(displayNameOf('👩‍💻 laptop'), { name: '👩‍💻 laptop' });
    assert.deepEqual(displayNameOf(MARKED), { name: 'laptop', trueName: MARKED });
    assert.equal(displayNameOf('long name '.repeat(100)).trueName?.length, 1000);
    assert.equal(displayNameOf(`${'long name '.repeat(100)}!`).trueName, undefined);
  });

  it('is not kept where a secret hides between signs that are not seen', () => {
    redactor.protect('truename-Q1w2E3r4T5');
    assert.equal(displayNameOf('truename\u200B-Q1w2\u200BE3r4T5').trueName, undefined);
  });

  it('of a name that no key is known to have is that name, and of no name none', () => {
    const lastReading = {
      takenAt: '2026-06-15T12:00:00.000Z',
      unit: { code: 'USD', source: 'gateway' },
      accountKeys: [{ id: '1', name: 'laptop', trueName: MARKED }],
    } as const;
    assert.equal(originalNameFor({ lastReading }, 'laptop'), MARKED);
    assert.equal(originalNameFor({ lastReading }, 'desk'), 'desk');
    assert.equal(originalNameFor({ lastReading }, MARKED), MARKED);
    assert.equal(originalNameFor({ lastReading }, undefined), undefined);
    assert.equal(originalNameFor({}, 'laptop'), 'laptop');
  });

  it('is not chosen between two that are shown alike', () => {
    const keys = (...trueNames: readonly (string | undefined)[]) => ({
      lastReading: {
        takenAt: '2026-06-15T12:00:00.000Z',
        unit: { code: 'USD', source: 'gateway' } as const,
        accountKeys: trueNames.map((trueName, id) => ({ id: `${id}`, name: 'laptop', trueName })),
      },
    });
    assert.equal(originalNameFor(keys(MARKED, undefined), 'laptop'), undefined);
    assert.equal(originalNameFor(keys(MARKED, `${MARKED}\u200E`), 'laptop'), undefined);
    assert.equal(originalNameFor(keys(undefined, undefined), 'laptop'), 'laptop');
  });
});
