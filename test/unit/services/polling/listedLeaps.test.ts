import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';
import { WarningRecorder } from '../../support/warningRecorder.ts';

const USAGE = '/api/usage/token/';
const HANDLES = Array.from({ length: 12 }, (_, index) => `key-${index}`);

describe('figures of twelve keys that leap in the list of their account at once', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let window: TestWindow;
  let listener: WarningRecorder;
  let ids: readonly string[];

  const wait = (ms: number) => advanceWindows(ms, clock, window);
  const leftOf = (id: string) => window.keyState(id).reading?.quota?.remaining;
  const scarceSince = (from: number) =>
    gateway
      .callsOf({ path: USAGE })
      .filter(({ at }) => at >= from)
      .map(({ at }) => at - from);

  afterEach(async () => {
    listener.close();
    await window.close();
    await gateway.close();
    removeTempFolders();
  });

  /** Twelve keys with $10.00 each, which are read from the list. */
  async function open(displayTokenStat: boolean): Promise<void> {
    clock = new ManualClock();
    const keys = Object.fromEntries(
      HANDLES.map((handle, index) => [
        handle,
        { holds: { name: handle, remain: 5_000_000, used: 100_000 + 1000 * index } },
      ]),
    );
    gateway = await startSampleGateway({
      clock: clock.now,
      version: 'v0.12.7',
      scenarios: 'none',
      settings: { displayTokenStat },
      accounts: [{ name: 'team', quota: 500_000_000, used: 20_000_000, keys }],
    });
    window = new TestWindow({ clock, folder: tempFolder(), storage: new MemorySecrets() });
    listener = new WarningRecorder(window, clock);
    await window.monitor.start();
    const added: string[] = [];
    for (const handle of HANDLES) added.push(await window.addKey(gateway, handle));
    ids = added;
    const { id, accessToken } = gateway.account('team');
    await window.keyService.add({
      label: 'team',
      kind: 'newApi',
      baseUrl: gateway.origin,
      credential: 'accessToken',
      secret: accessToken,
      userId: String(id),
    });
    const areLinked = () => ids.every(each => window.keyState(each).readFrom);
    for (let waited = 0; !areLinked() && waited < 2 * HOUR; waited += 5 * MINUTE) await wait(5 * MINUTE);
    assert.ok(areLinked());
    listener.takeNewWarnings();
  }

  const addToEach = (units: number) => {
    for (const handle of HANDLES) gateway.key(handle).remain += units;
  };

  it('are asked by billing alone, which tells the same', async () => {
    await open(true);
    const from = clock.now();
    addToEach(2_500_000);
    await wait(15 * MINUTE);
    assert.deepEqual(
      ids.map(leftOf),
      ids.map(() => 15),
    );
    // Two had no turn yet to be asked for their names, of which the list tells enough.
    assert.ok(scarceSince(from).length <= 2);
    for (const each of ids) assert.ok(window.keyState(each).readFrom, 'and read from the list again');
  });

  it('are asked of two keys in a window of a scarce limiter, and no other is warned about', async () => {
    await open(false);
    const from = clock.now();
    // $0.90 are left.
    addToEach(-4_550_000);
    for (let minutes = 0; minutes < 150; minutes++) {
      await wait(MINUTE);
      const confirmed = ids.filter(id => leftOf(id) === 0.9).length;
      const within = scarceSince(from).filter(at => at > clock.now() - from - 20 * MINUTE);
      assert.ok(within.length <= 2, `${within.length} scarce calls within 20 minutes`);
      const lowOf = (texts: readonly string[]) => texts.filter(text => text.includes(' low ')).length;
      assert.ok(lowOf(listener.shown.flat().map(({ key, kind }) => `${key.label} ${kind} `)) <= confirmed);
      assert.ok(ids.every(id => [10, 0.9].includes(leftOf(id) ?? 0)));
    }
    assert.deepEqual(
      ids.map(leftOf),
      ids.map(() => 0.9),
    );
  }).timeout(120_000);
});
