import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { NotSavedError } from '../../../../src/core/ports/notSavedError.ts';
import { type Send, sendByDefault } from '../../../../src/http/send.ts';
import { toUserError } from '../../../../src/services/databaseErrors.ts';
import { HistoryService } from '../../../../src/services/usage/historyService.ts';
import { MuteService } from '../../../../src/services/warnings/muteService.ts';
import { databasePath } from '../../../../src/store/database.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { empty } from '../../../sampleGateways/wire/reply.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { HOUR } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

/** Longer than SQLite itself waits, shorter than a person does. */
const LOCKED_MS = 600;

describe('a question while another program keeps the database locked', () => {
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  let other: DatabaseSync;
  let afterAnswer: () => void;

  beforeEach(async () => {
    gateway = await startSampleGateway({ scenarios: { mine: {} } });
    const folder = tempFolder();
    afterAnswer = () => undefined;
    const send: Send = async (url, outgoing) => {
      const answer = await sendByDefault(url, outgoing);
      afterAnswer();
      return answer;
    };
    testWindow = new TestWindow({ folder, send });
    other = new DatabaseSync(databasePath(folder));
  });

  afterEach(async () => {
    if (other.isOpen) other.close();
    await testWindow.close();
    await gateway.close();
    removeTempFolders();
  });

  const lock = () => other.exec('BEGIN IMMEDIATE');
  const lockForAMoment = () => {
    lock();
    setTimeout(() => other.close(), LOCKED_MS);
  };
  const draft = () => ({
    label: 'tried',
    kind: 'newApi',
    baseUrl: gateway.origin,
    credential: 'apiKey' as const,
    secret: gateway.secret('mine'),
  });

  it('waits for its call to be booked, and is answered', async () => {
    lockForAMoment();
    const { reading, failure } = await testWindow.keyService.checkDraft(draft());
    assert.deepEqual([failure, reading?.quota?.remaining !== undefined], [undefined, true]);
    assert.ok(gateway.calls.length > 0);
    assert.equal(testWindow.logLines.filter(line => line.includes('fault of ours')).length, 0);
  });

  it('waits likewise to look who is there', async () => {
    lockForAMoment();
    assert.equal((await testWindow.keyService.recognize(gateway.origin))?.gateway.kind, 'newApi');
  });

  it('waits to write a pause down that came meanwhile', async () => {
    gateway.setReply('GET /api/status', empty(429, { 'Retry-After': '180' }));
    afterAnswer = lockForAMoment;
    await testWindow.keyService.recognize(gateway.origin);
    assert.ok((testWindow.store.requests.heldUntil(gateway.origin, 'general') ?? 0) > Date.now() + 170_000);
  });

  it('waits to erase what was recorded', async () => {
    const id = await testWindow.keyService.add(draft());
    await testWindow.refreshKey(id);
    assert.ok(testWindow.store.history.historyRows(id, 0, Date.now()).length > 0);
    lockForAMoment();
    await new HistoryService(testWindow.store, testWindow.clock).eraseHistory(id);
    assert.deepEqual(testWindow.store.history.historyRows(id, 0, Date.now()), []);
  });

  const MUTED: Readonly<Record<string, (mutes: MuteService, id: string) => Promise<unknown>>> = {
    'to pause warnings': mutes => mutes.pause(HOUR),
    'to resume warnings': mutes => mutes.resume(),
    'to snooze a key': (mutes, id) => mutes.snooze([id], HOUR),
    'to give a key rules of its own': (mutes, id) => mutes.setRules(id, { off: true }),
  };
  for (const [what, change] of Object.entries(MUTED)) {
    it(`waits ${what}, and says so once it is done`, async () => {
      const id = await testWindow.keyService.add(draft());
      await testWindow.monitor.idle();
      const mutes = new MuteService(testWindow.store, testWindow.clock);
      let changes = 0;
      mutes.onDidChange(() => changes++);
      if (what === 'to resume warnings') {
        await mutes.pause(HOUR);
        await mutes.snooze([id], HOUR);
        changes = 0;
      }
      lockForAMoment();
      await change(mutes, id);
      assert.equal(changes, 1);
      const { pausedUntil } = mutes;
      assert.deepEqual(
        {
          paused: pausedUntil !== undefined,
          snoozed: testWindow.store.snoozes.allSnoozes().has(id),
          off: mutes.rulesOf(id).off,
        },
        {
          paused: what === 'to pause warnings',
          snoozed: what === 'to snooze a key',
          off: what === 'to give a key rules of its own' ? true : undefined,
        },
      );
    });
  }

  it('that stays locked ends in a sentence about it, and nothing was asked', async () => {
    lock();
    await assert.rejects(testWindow.keyService.checkDraft(draft()), (error: unknown) => {
      assert.ok(error instanceof NotSavedError);
      assert.match(String(toUserError(error)), /database locked.*Try again/);
      return true;
    });
    assert.equal(gateway.calls.length, 0);
  });
});
