import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Range } from '../../../../src/core/usage/range.ts';
import { HistoryService } from '../../../../src/services/usage/historyService.ts';
import { recordedIn } from '../../../../src/services/usage/recordedMemo.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

const UNIT = { code: 'USD', source: 'gateway' } as const;

describe('what readings say about a range', () => {
  let setup: TestSetup;
  let id: string;
  let range: Range;
  beforeEach(async () => {
    setup = await TestSetup.open();
    await setup.testWindow.monitor.start();
    id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.refreshKey(id);
    range = { from: setup.clock.now(), to: setup.clock.now() + 5 * HOUR };
    await spendAndRead(1);
  });
  afterEach(() => setup.close());

  async function spendAndRead(cents: number): Promise<void> {
    setup.clock.jump(6 * MINUTE);
    setup.gateway.spend('ok', { quota: cents * 5000 });
    await setup.testWindow.refreshKey(id);
  }
  const recorded = () => recordedIn(setup.testWindow.store, id, UNIT, range, setup.clock.now());

  it('is kept until the key is read again', async () => {
    const first = recorded();
    assert.deepEqual([first.usage?.total?.used, first.certain], [0.01, 0.01]);
    assert.equal(recorded(), first, 'the very same');
    await spendAndRead(2);
    assert.equal(recorded().usage?.total?.used, 0.03);
  });

  it('is kept for each range and unit', () => {
    const first = recorded();
    range = { ...range, to: range.from };
    assert.notEqual(recorded(), first);
    const { store } = setup.testWindow;
    assert.equal(recordedIn(store, id, { code: 'CNY', source: 'gateway' }, range, 0).usage, undefined);
  });

  it('is forgotten after ten minutes, and where the history is erased', async () => {
    const first = recorded();
    setup.clock.jump(10 * MINUTE);
    assert.notEqual(recorded(), first);
    await new HistoryService(setup.testWindow.store, setup.clock).eraseHistory(id);
    assert.equal(recorded().usage, undefined);
  });
});
