import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { expiriesOf } from '../../../../src/core/quota/expiries.ts';
import { noticeText } from '../../../../src/text/keyTexts.ts';
import { keyHoverMarkdown } from '../../../../src/vscode/cards/keyHover.ts';
import { accountKeysFact } from '../../../../src/vscode/tree/accountKeyNodes.ts';
import { expiryText, keyFacts } from '../../../../src/vscode/tree/keyFacts.ts';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { at, DAY, HOUR, keyState, MINUTE, NOW, reading } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';
import { treeText } from '../../support/treeText.ts';
import { WarningRecorder } from '../../support/warningRecorder.ts';

describe('a computer whose clock is not the gateway’s', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  let listener: WarningRecorder;

  /** How far this computer's clock is ahead. */
  async function open(aheadMs: number, endsInMs: number): Promise<string> {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: () => clock.now() - aheadMs });
    gateway.key('ok').expiresAt = Math.round((clock.now() - aheadMs + endsInMs) / 1000);
    testWindow = new TestWindow({ clock });
    listener = new WarningRecorder(testWindow, clock);
    await testWindow.monitor.start();
    const id = await testWindow.addKey(gateway, 'ok');
    await wait(MINUTE);
    return id;
  }

  const wait = (ms: number) => advanceWindows(ms, clock, testWindow);
  const sentences = (id: string) =>
    keyFacts(testWindow.keyState(id), clock.now()).flatMap(({ name, label, value }) =>
      name === 'clock' && value !== undefined ? [label] : [],
    );

  afterEach(async () => {
    listener.close();
    await testWindow.close();
    await gateway.close();
  });

  it('400 days ahead: the key has not expired, nothing is said of an end, and a sentence says why', async () => {
    const id = await open(400 * DAY, 100 * DAY);
    assert.equal(testWindow.keyState(id).status, 'ok');
    assert.equal(noticeText(testWindow.keyState(id), clock.now()), undefined);
    await wait(HOUR);
    assert.deepEqual(listener.takeNewWarnings(), []);
    assert.deepEqual(sentences(id), [
      'This computer’s clock is 12 months ahead of the gateway’s. Expiry and reset times follow the gateway’s.',
    ]);
    assert.match(keyHoverMarkdown(testWindow.keyState(id), clock.now(), 'dark'), /12 months/);
    assert.deepEqual(
      expiriesOf(testWindow.monitor.snapshot, clock.now()).map(({ expired }) => expired),
      [false],
    );
  });

  it('400 days behind: a key that ends in two days by the gateway is told to', async () => {
    const id = await open(-400 * DAY, 2 * DAY + HOUR);
    assert.equal(noticeText(testWindow.keyState(id), clock.now()), 'expires in 2 days');
    await wait(MINUTE);
    assert.deepEqual(listener.takeNewWarnings(), ['ok expiry 3']);
    clock.jump(2 * DAY + HOUR);
    await wait(MINUTE);
    assert.equal(testWindow.keyState(id).status, 'expired');
  });

  describe('that leaps after a key was read', () => {
    /** The own clock leaps; the gateway's goes on, and does not answer. */
    async function leap(ms: number, endsInMs: number): Promise<string> {
      const id = await open(0, endsInMs);
      listener.takeNewWarnings();
      for (const { path } of [...gateway.calls])
        gateway.setReply(`GET ${path}`, { status: 503, body: 'down' });
      clock.jump(ms);
      // What is shown before anything was asked; the screen is redrawn by its own clock.
      await testWindow.monitor.reload();
      return id;
    }
    const ends = (id: string) =>
      keyFacts(testWindow.keyState(id), clock.now()).find(({ name }) => name === 'expiry')?.value;

    for (const [what, ms, endsInMs] of [
      ['400 days, over an end in 100', 400 * DAY, 100 * DAY],
      ['a day, over an end in two hours', DAY, 2 * HOUR],
      ['ten years, over an end in a year', 3650 * DAY, 365 * DAY],
    ] as const) {
      it(`${what}: the key is not expired before its gateway says so`, async () => {
        const id = await leap(ms, endsInMs);
        const key = testWindow.keyState(id);
        assert.equal(key.status, 'stale');
        assert.doesNotMatch(treeText(treeNodes(testWindow.monitor.snapshot, clock.now())), /expired/);
        assert.doesNotMatch(ends(id) ?? '', /ago/);
        assert.deepEqual(
          expiriesOf(testWindow.monitor.snapshot, clock.now()).map(({ expired }) => expired),
          [false],
        );
        assert.deepEqual(listener.takeNewWarnings(), []);
      });
    }

    it('back into the time before: the key has its end ahead', async () => {
      const id = await leap(-400 * DAY, 2 * HOUR);
      assert.notEqual(testWindow.keyState(id).status, 'expired');
    });

    it('an end that comes while the gateway fails is one', async () => {
      const id = await open(0, 2 * HOUR);
      for (const { path } of [...gateway.calls])
        gateway.setReply(`GET ${path}`, { status: 503, body: 'down' });
      await wait(2 * HOUR + MINUTE);
      assert.equal(testWindow.keyState(id).status, 'expired');
      assert.match(ends(id) ?? '', /ago|just now/);
      await wait(8 * HOUR);
      assert.equal(testWindow.keyState(id).status, 'expired');
    });
  });

  it('put right, the sentence goes with the next answer', async () => {
    const id = await open(HOUR, 100 * DAY);
    assert.equal(sentences(id).length, 1);
    const { now } = clock;
    await gateway.close();
    gateway = await startSampleGateway({ clock: now, port: Number(new URL(gateway.origin).port) });
    await testWindow.refreshKey(id);
    assert.deepEqual(sentences(id), []);
  });

  it('minutes apart is not mentioned', async () => {
    const id = await open(9 * MINUTE, 100 * DAY);
    assert.deepEqual(sentences(id), []);
  });
});

describe('ends by another clock', () => {
  it('how far away an end is goes by the gateway’s clock, in the list of ends and at an account’s keys', () => {
    for (const aheadMs of [400 * DAY, -400 * DAY, 3 * HOUR]) {
      const ends = (expiresAt: string) =>
        keyState({
          reading: reading({ clockAheadMs: aheadMs, expiresAt, accountKeys: [{ name: 'a', expiresAt }] }),
        });
      const key = ends(at(3 * DAY + HOUR - aheadMs));
      assert.match(expiryText(key, NOW) ?? '', /^in 3 days \(/);
      const [line] = accountKeysFact(key.id, key.reading ?? assert.fail(), NOW).children ?? [];
      assert.match(JSON.stringify(line), /in 3 days \(/);
    }
  });
});
