import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { DAY, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

const KEYS = 20;
const HANDLES = Array.from({ length: KEYS }, (_, index) => `key-${index}`);

/** The clock of one window, which counts how often it is woken. */
class CountedClock {
  wakeUps = 0;
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  readonly now = () => this.#clock.now();

  readonly after = (ms: number, work: () => void) =>
    this.#clock.after(ms, () => {
      this.wakeUps++;
      work();
    });
}

describe('a window in the background', () => {
  let clock: ManualClock;
  let counted: CountedClock;
  let gateway: SampleGateway;
  let focused: TestWindow;
  let background: TestWindow;
  const ids: string[] = [];

  const wait = (ms: number) => advanceWindows(ms, clock, focused, background);

  /** How often it reads everything from the store. */
  function countReads(testWindow: TestWindow): () => number {
    let reads = 0;
    const view = testWindow.store.view.bind(testWindow.store);
    testWindow.store.view = work => {
      reads++;
      return view(work);
    };
    return () => reads;
  }

  beforeEach(async () => {
    clock = new ManualClock();
    counted = new CountedClock(clock);
    const scenarios = Object.fromEntries(HANDLES.map(handle => [handle, {}]));
    gateway = await startSampleGateway({ clock: clock.now, scenarios });
    // A poll a day, so that nothing is due while a test looks.
    const shared = { folder: tempFolder(), storage: new MemorySecrets(), settings: { pollMs: DAY } };
    focused = new TestWindow({ ...shared, clock });
    background = new TestWindow({ ...shared, clock: counted, focused: false });
    await focused.monitor.start();
    await background.monitor.start();
    ids.length = 0;
    for (const handle of HANDLES) ids.push(await focused.addKey(gateway, handle));
    await wait(60 * MINUTE);
    counted.wakeUps = 0;
  });

  afterEach(async () => {
    await focused.close();
    await background.close();
    await gateway.close();
    removeTempFolders();
  });

  it('is woken once a minute while nothing is due, reads nothing, and asks nobody', async () => {
    const reads = countReads(background);
    const before = gateway.calls.length;
    await wait(10 * MINUTE);
    assert.equal(counted.wakeUps, 10);
    assert.equal(reads(), 0);
    assert.equal(gateway.calls.length, before);
  });

  it('learns of what another wrote within a minute, many writes at once', async () => {
    const reads = countReads(background);
    for (const id of ids.slice(0, 5))
      focused.store.transaction(() => focused.store.keys.renameKey(id, 'new'));
    await wait(MINUTE);
    assert.equal(background.monitor.snapshot.filter(({ label }) => label === 'new').length, 5);
    assert.equal(reads(), 1);
  });

  it('learns of it at once when the person comes', async () => {
    const [id = assert.fail()] = ids;
    focused.store.transaction(() => focused.store.keys.renameKey(id, 'new'));
    background.gainFocus();
    await wait(100);
    assert.equal(background.keyState(id).label, 'new');
  });

  it('with focus learns of what another wrote within two seconds', async () => {
    const [id = assert.fail()] = ids;
    background.store.transaction(() => background.store.keys.renameKey(id, 'new'));
    await wait(2000);
    assert.equal(focused.keyState(id).label, 'new');
  });
});
