import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { DAY, HOUR } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';
import { WarningRecorder } from '../../support/warningRecorder.ts';

const SOON = 15_000;
const GRANTED = 10_000_000;
const WINDOWS = 3;

/** What happens next: how much is left then, which window asks, has the focus, and was closed and opened before. */
interface Step {
  readonly percent: number;
  readonly endsInDays: number;
  readonly asks: number;
  readonly focused: number;
  readonly restarts: number | undefined;
}

const window = fc.nat(WINDOWS - 1);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    percent: fc.constantFrom(0, 0.5, 3, 5, 5.5, 12, 20, 21, 23, 60, 100),
    endsInDays: fc.constantFrom(0.5, 2, 5, 30),
    asks: window,
    focused: window,
    restarts: fc.option(window, { nil: undefined }),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('warnings, whichever windows ask, have the focus and are restarted', () => {
  let gateway: SampleGateway;
  let clock: ManualClock;

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: () => clock.now(), scenarios: { a: {} } });
  });

  afterEach(async () => {
    await gateway.close();
    removeTempFolders();
  });

  /** Takes some steps in so many windows on one folder; returns the warnings of each step. */
  async function warningsOf(sequence: readonly Step[], windows: number): Promise<string[]> {
    clock = new ManualClock();
    const folder = tempFolder();
    const storage = new MemorySecrets();
    const open = async () => {
      const testWindow = new TestWindow({
        clock,
        folder,
        storage,
        focused: false,
        settings: { pollMs: DAY },
      });
      await testWindow.monitor.start();
      return { testWindow, listener: new WarningRecorder(testWindow, clock) };
    };
    const opened = await Promise.all(Array.from({ length: windows }, open));
    const at = (index: number) => {
      const window = opened[index % windows];
      assert.ok(window);
      return window;
    };
    const close = async ({ testWindow, listener }: Awaited<ReturnType<typeof open>>) => {
      listener.close();
      await testWindow.close();
    };
    setFigures(100, 30);
    const id = await at(0).testWindow.addKey(gateway, 'a');
    const said: string[] = [];
    for (const { percent, endsInDays, asks, focused, restarts } of sequence) {
      if (restarts !== undefined) {
        await close(at(restarts));
        opened[restarts % windows] = await open();
      }
      for (const { testWindow } of opened) testWindow.focused = false;
      at(focused).testWindow.gainFocus();
      setFigures(percent, endsInDays);
      await at(asks).testWindow.refreshKey(id);
      await advanceWindows(SOON, clock, ...opened.map(({ testWindow }) => testWindow));
      said.push(opened.flatMap(({ listener }) => listener.takeNewWarnings()).join(' and '));
      for (const { testWindow } of opened) testWindow.focused = false;
      await advanceWindows(2 * HOUR, clock, ...opened.map(({ testWindow }) => testWindow));
      said.push(opened.flatMap(({ listener }) => listener.takeNewWarnings()).join(' and '));
    }
    await Promise.all(opened.map(close));
    return said;
  }

  function setFigures(percent: number, endsInDays: number): void {
    const remain = Math.round((GRANTED * percent) / 100);
    // From a fixed moment, so that an end moves only when a step says so.
    const expiresAt = Math.round((new ManualClock().now() + (endsInDays + 3) * DAY) / 1000);
    Object.assign(gateway.key('a'), { remain, used: GRANTED - remain, expiresAt });
  }

  it('are the same, at the same time, once', async () => {
    let warnings = 0;
    await fc.assert(
      fc.asyncProperty(steps, async sequence => {
        const alone = await warningsOf(sequence, 1);
        warnings += alone.filter(words => words !== '').length;
        assert.deepEqual(await warningsOf(sequence, WINDOWS), alone);
      }),
      { numRuns: 15 },
    );
    assert.ok(warnings > 15, `only ${warnings} warnings were compared`);
  }).timeout(120_000);
});
