import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { LedgerFill } from '../../../../src/services/ledger/ledgerFill.ts';
import { HistoryService } from '../../../../src/services/usage/historyService.ts';
import { at, DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

describe('the recorded history of a key', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  /** A key that was read twice within an hour, and another one. */
  async function open(): Promise<{ service: HistoryService; id: string; otherId: string }> {
    setup = await TestSetup.open({ scenarios: { ok: {}, other: {} } });
    const { testWindow, clock } = setup;
    const [id, otherId] = [
      await testWindow.keyService.add(setup.key('ok')),
      await testWindow.keyService.add(setup.key('other')),
    ];
    for (const key of [id, otherId]) await testWindow.refreshKey(key);
    clock.jump(HOUR);
    setup.gateway.spend('ok', { quota: 50_000 });
    await testWindow.refreshKey(id);
    return { service: new HistoryService(testWindow.store, clock), id, otherId };
  }

  it('is all of it up to now, oldest first', async () => {
    const { service, id } = await open();
    assert.deepEqual(
      service.rowsOf(id).map(row => [new Date(row.from).toISOString(), row.spent]),
      [
        [at(0), 0],
        [at(HOUR), 0.1],
      ],
    );
  });

  it('is erased with the forecast that was made from it, and the present reading stays', async () => {
    const { service, id, otherId } = await open();
    const { store } = setup.testWindow;
    const before = store.states.stateOf(id) ?? assert.fail();
    store.transaction(() =>
      store.states.saveState({ ...before, forecast: { perDay: 2.4, confidence: 'low' } }),
    );
    await service.eraseHistory(id);
    assert.deepEqual(service.rowsOf(id), []);
    const { forecast, reading } = store.states.stateOf(id) ?? assert.fail();
    assert.deepEqual([forecast, reading], [undefined, before.reading]);
    assert.equal(service.rowsOf(otherId).length, 1, 'that of another key stays');
  });

  it('is erased with what the ledger has, which does not come back from the gateway’s request log', async () => {
    const { service, id } = await open();
    const { testWindow, clock } = setup;
    const { store } = testWindow;
    const month = () => store.ledger.spendByDay('2026-06-01', '2026-06-30', id).map(({ raw }) => raw);
    const fill = new LedgerFill(testWindow.parts);
    const wait = async (ms: number) => {
      await clock.advance(ms, async () => {
        await testWindow.monitor.idle();
        await fill.idle();
      });
    };
    testWindow.focused = false;
    await testWindow.monitor.start();
    await wait(HOUR);
    assert.deepEqual(month(), [50_000]);
    await service.eraseHistory(id);
    assert.deepEqual(month(), []);
    assert.deepEqual(store.ledger.coverageOf(id), []);
    const erasedAt = clock.now();
    await wait(10 * MINUTE);
    setup.gateway.spend('ok', { quota: 70 });
    await wait(DAY + HOUR);
    fill.dispose();
    assert.deepEqual(month(), [70]);
    assert.deepEqual(
      store.ledger.coverageOf(id).map(({ from }) => from),
      [erasedAt],
    );
  });

  it('is nothing, and nothing is written, where a key was never read', async () => {
    const { service } = await open();
    await service.eraseHistory('nobody');
    assert.equal(setup.testWindow.store.states.stateOf('nobody'), undefined);
  });

  it('is erased with what was warned about by it, and nothing else that was warned about', async () => {
    const { service, id, otherId } = await open();
    const { fired } = setup.testWindow.store;
    setup.testWindow.store.transaction(() => {
      for (const name of ['forecast:0', 'spend:0', 'low %:20', 'low USD:1']) fired.saveFired(id, name, '1');
      fired.saveFired(otherId, 'forecast:0', '1');
    });
    await service.eraseHistory(id);
    assert.deepEqual([...fired.firedOf(id).keys()].toSorted(), ['low %:20', 'low USD:1']);
    assert.deepEqual([...fired.firedOf(otherId).keys()], ['forecast:0']);
  });
});
