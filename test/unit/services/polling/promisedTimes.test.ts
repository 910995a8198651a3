import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { seededChance } from '../../support/seededChance.ts';
import { TestWindow } from '../../support/testWindow.ts';

const SECOND = 1000;
/** Windows without focus wait for a focused one, and look once more whether it was there. */
const MARGIN = 6 * SECOND;
const STEP = 10 * SECOND;

interface Situation {
  readonly windows: number;
  /** Whether a person is at the first window. */
  readonly focused: boolean;
  readonly keys: number;
  /** What the gateways answer after the first half hour. */
  readonly scenario?: string;
  readonly limits?: 'real';
  /** Where a window without focus learns only with its next look, once a minute, what others have used up. */
  readonly margin?: number;
  /** How many machines ask from this address, as the user says; learnt where it is absent. */
  readonly share?: number;
  /** How many checks there are at least. */
  readonly least?: number;
}

describe('the next check that is promised', () => {
  let gateway: SampleGateway;
  let testWindows: TestWindow[] = [];

  afterEach(async () => {
    for (const testWindow of testWindows.splice(0)) await testWindow.close();
    await gateway.close();
    removeTempFolders();
  });

  /** Lets hours pass; returns by how many milliseconds each check missed what every window had promised just before. */
  async function missedBy({ windows, focused, keys, scenario, limits, share }: Situation): Promise<number[]> {
    const clock = new ManualClock();
    const handles = Array.from({ length: keys }, (_, index) => `key-${index}`);
    gateway = await startSampleGateway({
      clock: clock.now,
      limits: limits ?? 'off',
      scenarios: Object.fromEntries(handles.map(handle => [handle, {}])),
    });
    const gateways = new Map(share === undefined ? [] : [[gateway.origin, { share }]]);
    const shared = {
      clock,
      folder: tempFolder(),
      storage: new MemorySecrets(),
      chance: seededChance(5),
      settings: { gateways },
    };
    testWindows = Array.from(
      { length: windows },
      (_, index) => new TestWindow({ ...shared, focused: focused && index === 0 }),
    );
    for (const testWindow of testWindows) await testWindow.monitor.start();
    const [first = assert.fail()] = testWindows;
    for (const handle of handles) await first.addKey(gateway, handle);
    await advanceWindows(30 * MINUTE, clock, ...testWindows);
    if (scenario) for (const handle of handles) gateway.setScenario(handle, scenario);
    // Looked at half a second after the moments at which things happen, when what they brought is on the screen.
    await advanceWindows(SECOND / 2, clock, ...testWindows);
    const missed: number[] = [];
    const end = clock.now() + 4 * HOUR;
    while (clock.now() < end) {
      const before = testWindows.map(
        testWindow => new Map(testWindow.monitor.snapshot.map(key => [key.id, key])),
      );
      await advanceWindows(STEP, clock, ...testWindows);
      for (const { id, checkedAt: at } of first.monitor.snapshot) {
        if (at === before[0]?.get(id)?.checkedAt) continue;
        for (const window of before) {
          const promise = window.get(id)?.nextCheckAt ?? assert.fail('no promise');
          missed.push(Date.parse(at ?? '') - Date.parse(promise));
        }
      }
    }
    return missed;
  }

  const SITUATIONS: readonly [what: string, situation: Situation][] = [
    ['a person at the only window', { windows: 1, focused: true, keys: 2 }],
    ['nobody at the only window', { windows: 1, focused: false, keys: 2 }],
    ['a person at one of two windows', { windows: 2, focused: true, keys: 2 }],
    ['nobody at two windows', { windows: 2, focused: false, keys: 2 }],
    ['failures, with nobody there', { windows: 1, focused: false, keys: 2, scenario: 'empty-500' }],
    [
      'a gateway that asks for a pause',
      { windows: 1, focused: false, keys: 2, scenario: '429-retry-after:1200', share: 1 },
    ],
    [
      'a gateway that asks for a pause again and again, so that we take less and less',
      { windows: 1, focused: false, keys: 2, scenario: '429-retry-after:1200', least: 3 },
    ],
    [
      'three machines behind one address, by the setting',
      { windows: 2, focused: true, keys: 2, limits: 'real', share: 3 },
    ],
    [
      'a request budget that eight keys share',
      { windows: 1, focused: false, keys: 8, limits: 'real', margin: MINUTE },
    ],
    ['the same with a person at one of two windows', { windows: 2, focused: true, keys: 8, limits: 'real' }],
  ];
  for (const [what, situation] of SITUATIONS) {
    it(`is made when it was promised: ${what}`, async function () {
      this.timeout(120_000);
      const missed = await missedBy(situation);
      assert.ok(missed.length >= (situation.least ?? 8), `${missed.length} checks`);
      const worst = missed.filter(by => by < 0 || by > (situation.margin ?? MARGIN));
      assert.deepEqual(worst, [], `${worst.length} of ${missed.length}: ${worst.map(by => by / SECOND)}`);
    });
  }
});
