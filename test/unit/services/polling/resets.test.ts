import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { figureText } from '../../../../src/text/keyFigure.ts';
import { noticeText, spokenText } from '../../../../src/text/keyTexts.ts';
import { DEFAULT_LOOK } from '../../../../src/vscode/host/statusBarLook.ts';
import { statusBarText } from '../../../../src/vscode/statusBar/statusBarText.ts';
import { keyFacts } from '../../../../src/vscode/tree/keyFacts.ts';
import { tooltipMarkdown } from '../../../../src/vscode/views/tooltip.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

const DOWN = { status: 503, body: 'down' };

describe('a used-up budget that is reset while its gateway fails', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  let id: string;
  let resets: number;

  const wait = (ms: number) => advanceWindows(ms, clock, testWindow);
  const asked = () => gateway.calls.length;
  const facts = () =>
    Object.fromEntries(
      keyFacts(testWindow.keyState(id), clock.now()).map(({ name, ...fact }) => [name, fact]),
    );

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ kind: 'cheapestInference', clock: clock.now });
    testWindow = new TestWindow({ clock });
    resets = clock.now() + 2 * HOUR + 2 * MINUTE;
    const plan = gateway.key('budget-spent').plan ?? assert.fail();
    gateway.key('budget-spent').plan = { ...plan, resetsAt: new Date(resets).toISOString() };
    await testWindow.monitor.start();
    id = await testWindow.addKey(gateway, 'budget-spent', { kind: 'cheapestInference' });
    await wait(MINUTE);
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
  });

  it('is not used up any more from then on, but not known, with its age', async () => {
    assert.equal(testWindow.keyState(id).status, 'exhausted');
    assert.equal(figureText(testWindow.keyState(id)), '$0.00');
    for (const { path } of [...gateway.calls]) gateway.setReply(`GET ${path}`, DOWN);
    await wait(resets - clock.now() - 1);
    assert.equal(testWindow.keyState(id).status, 'exhausted');
    await wait(3 * HOUR + 1);

    const key = testWindow.keyState(id);
    const now = clock.now();
    assert.equal(key.status, 'stale');
    assert.equal(figureText(key), undefined);
    assert.equal(key.reading?.budget?.spent, undefined);
    assert.equal(noticeText(key, now), 'unknown since the reset 3 hours ago');
    assert.match(spokenText(key, now), /out of date, unknown since the reset 3 hours ago/);
    assert.doesNotMatch(
      JSON.stringify(statusBarText([key], now, DEFAULT_LOOK, tooltipMarkdown)),
      /used up|0\.00|\(error\)|list-error/,
    );
    assert.equal(facts().budget?.value, 'unknown since the reset');
    assert.equal(facts().reset?.label, 'Budget was reset');
    assert.match(facts().reset?.value ?? '', /^3 hours ago \(/);
    assert.equal(facts().age?.value, '5 hours ago');
  });

  it('is asked about just after it, however long the failures have put it off', async () => {
    for (const { path } of [...gateway.calls]) gateway.setReply(`GET ${path}`, DOWN);
    await wait(resets - clock.now() - 1);
    const before = asked();
    // Put off by 80 minutes at last, at minute 75.
    assert.equal(Date.parse(testWindow.keyState(id).nextCheckAt ?? ''), resets + 5000);
    await wait(6000);
    assert.ok(asked() > before);
  });
});
