import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, it } from 'mocha';
import type { OverviewMessage } from '../../../../src/core/panels/overviewMessages.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { UnitSpend } from '../../../../src/services/usage/spendByDay.ts';
import type * as Panels from '../../../../src/vscode/panels/overviewPanel.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { at, DAY, keyState, MINUTE, quota, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { importWithStub } from '../../support/vscodeStub.ts';

const { OverviewPanel } = await importWithStub<typeof Panels>('vscode/panels/overviewPanel.ts');

const key = (id: string, left = 15, expiresAt: string | null = null) =>
  keyState({ id, label: id, reading: reading({ quota: quota(left, 20), expiresAt }) });
const SPEND: UnitSpend = {
  scope: 'key',
  unit: { code: 'USD', source: 'gateway' },
  headline: { isComplete: true, keysWithTotal: 1, keyCount: 1, coveredShare: 1 },
  days: ['2026-06-15'],
  isWhole: [true],
  models: [{ name: 'gpt', used: [1] }],
  isUndated: false,
  week: { used: [], most: 0, withoutHour: 0, silent: 0 },
};

describe('the overview panel', () => {
  useTimeZone('UTC');
  let clock: ManualClock;
  let panel: Panels.OverviewPanel;
  let keys: readonly KeyState[];
  let messages: OverviewMessage[];
  let done: unknown[];
  let spends: number;
  let place: { visible: boolean };
  let press: (message: unknown) => void;
  let change: () => void;
  let close: () => void;
  let subscriptions: number;

  beforeEach(() => {
    clock = new ManualClock();
    [keys, messages, done, spends, subscriptions] = [[key('a'), key('b')], [], [], 0, 0];
    panel = new OverviewPanel({
      extensionUri: { path: '/' } as never,
      clock,
      snapshot: () => keys,
      limits: () => ({ ofCurrencies: [], monthBegins: 1 }),
      onDidChange: listener => {
        change = listener;
        subscriptions += 1;
        return { dispose: () => (subscriptions -= 1) } as never;
      },
      spendByDay: async () => {
        spends += 1;
        return [SPEND];
      },
      slotsOf: ({ models }) => ({ keys: [], models: models.map((model, slot) => [model, slot + 3]) }),
      reveal: async id => void done.push(['reveal', id]),
      showUsage: (...asked) => done.push(['usage', ...asked]),
      run: command => done.push(command),
      warn: text => done.push(text),
    });
  });

  /** Gives the panel a page that VS Code has kept. */
  const open = (state: unknown = undefined) => {
    const webview = {
      options: {},
      html: '',
      cspSource: '',
      asWebviewUri: () => '',
      onDidReceiveMessage: (listener: (message: unknown) => void) => {
        press = listener;
      },
      postMessage: async (message: OverviewMessage) => {
        if (message.type === 'show') messages.push(message);
      },
    };
    const held = {
      ...{ title: '', visible: true, webview, dispose: () => undefined },
      onDidDispose: (listener: () => void) => {
        close = listener;
      },
    };
    place = held;
    panel.revive(held as never, state);
  };
  const ready = async () => {
    open();
    press({ type: 'ready' });
    await turn();
  };
  const told = () =>
    messages
      .splice(0)
      .map(({ type: _type, cards, ...parts }) => [
        Object.keys(parts),
        cards?.map(({ id, left }) => [id, left]),
      ]);

  it('shows everything to a new page, and then what was spent by day', async () => {
    await ready();
    assert.deepEqual(told(), [
      [
        ['keys', 'sums', 'order', 'matching', 'updated', 'coming'],
        [
          ['a', '$15.00 of $20.00 left'],
          ['b', '$15.00 of $20.00 left'],
        ],
      ],
      [['spend'], undefined],
    ]);
  });

  it('gives models the colors that they have for good', async () => {
    await ready();
    assert.equal(messages[1]?.spend?.[0]?.models[0]?.slot, 3);
  });

  it('tells what has changed alone', async () => {
    await ready();
    told();
    change();
    assert.deepEqual(told(), []);
    keys = [key('a'), key('b', 14)];
    change();
    assert.deepEqual(told(), [[['order'], [['b', '$14.00 of $20.00 left']]]]);
  });

  it('is drawn again when time alone changes a text', async () => {
    keys = [key('a', 15, at(3 * DAY))];
    await ready();
    told();
    await clock.advance(MINUTE);
    const [[parts]] = told() as [[string[]]];
    assert.ok(parts.includes('coming'), 'in 2 days');
    assert.equal(messages.length, 0);
  });

  it('adds up what was spent by day after a change, soon and not each time', async () => {
    await ready();
    assert.equal(spends, 1);
    for (let times = 0; times < 5; times++) {
      change();
      await clock.advance(3000);
    }
    assert.equal(spends, 1);
    await clock.advance(6000);
    assert.equal(spends, 2);
    assert.ok(
      !told()
        .slice(2)
        .some(([parts]) => String(parts).includes('spend')),
      'the same is not told again',
    );
  });

  it('draws nothing while it is hidden, and everything when it is shown again', async () => {
    await ready();
    told();
    place.visible = false;
    keys = [key('c')];
    change();
    await clock.advance(MINUTE);
    assert.deepEqual([told(), spends], [[], 1]);
    place.visible = true;
    press({ type: 'ready' });
    await turn();
    assert.deepEqual([told().length, spends], [2, 2]);
  });

  it('shows the keys that are looked for, also after a reload', async () => {
    open({ look: { filter: 'B', cards: 60 }, days: 30 });
    press({ type: 'ready' });
    assert.deepEqual(messages[0]?.order, ['b']);
    press({ type: 'look', look: { filter: '', cards: 1 } });
    assert.deepEqual(messages.at(-1)?.order, ['a']);
    press({ type: 'ready', look: { filter: 'b', cards: 12 } });
    assert.deepEqual(messages.at(-1)?.order, ['b']);
  });

  it('starts over from a state that it did not write', () => {
    for (const state of [undefined, 7, { look: 'everything' }, { look: { filter: 'b', cards: -1 } }]) {
      open(state);
      press({ type: 'ready' });
      assert.deepEqual(messages.at(-1)?.order, ['a', 'b']);
      close();
    }
  });

  it('does what its page asks for, and nothing else', async () => {
    await ready();
    press({ type: 'reveal', keyId: 'a' });
    press({ type: 'usage', keyId: 'a', days: 14 });
    press({ type: 'usage', days: 1 });
    press({ type: 'addKey' });
    press({ type: 'importKeys' });
    for (const other of [{ type: 'usage', days: 400 }, { type: 'removeKey', keyId: 'a' }, { type: 'reveal' }])
      press(other);
    assert.deepEqual(done, [
      ['reveal', 'a'],
      ['usage', 'a', 14],
      ['usage', undefined, 1],
      'keyQuota.addKey',
      'keyQuota.importKeys',
    ]);
  });

  it('hears of nothing any more once it is closed', async () => {
    await ready();
    assert.equal(subscriptions, 1);
    close();
    assert.equal(subscriptions, 0);
    told();
    await clock.advance(DAY);
    assert.deepEqual(told(), []);
  });
});
