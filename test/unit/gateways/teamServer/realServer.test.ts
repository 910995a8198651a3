import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { baseUrlOf } from '../../../../src/core/input/baseUrl.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { removeTempFolders } from '../../support/folders.ts';
import { MINUTE } from '../../support/samples.ts';
import { READER, SCRAPER, TeamServer } from '../../support/teamServer.ts';
import { TestWindow } from '../../support/testWindow.ts';
import { untilAsync } from '../../support/until.ts';

describe('a window that reads the keys of a team from key-quota serve', () => {
  let gateway: SampleGateway;
  let server: TeamServer;
  let testWindow: TestWindow;

  beforeEach(async () => {
    gateway = await startSampleGateway();
    server = new TeamServer();
    testWindow = new TestWindow();
    await server.start([
      server.key(gateway, 'ok', { name: 'ML batch' }),
      server.key(gateway, 'low', { name: 'Web' }),
    ]);
    await untilAsync(async () => (await server.keys()).every(({ reading }) => reading));
  });
  afterEach(async () => {
    await testWindow.close();
    await server.close();
    await gateway.close();
    removeTempFolders();
  });

  const add = (secret: string) =>
    testWindow.keyService.add({
      label: 'Team',
      kind: 'teamServer',
      baseUrl: baseUrlOf({ origin: server.address }),
      secret,
      credential: 'accessToken',
    });

  it('has what the server knows, keeps it while that is the same, and when the server is gone', async () => {
    const id = await add(READER);
    await testWindow.refreshKey(id);
    await testWindow.monitor.reload();
    const served = () => testWindow.monitor.snapshot.filter(({ via }) => via === 'Team');
    const left = (handle: string) => gateway.key(handle).remain / 500_000;
    const figures = () =>
      served().map(({ label, reading }) => [label, reading?.quota?.remaining, reading?.unit.code]);
    const told = [
      ['ML batch', left('ok'), 'USD'],
      ['Web', left('low'), 'USD'],
    ];
    assert.deepEqual(figures(), told);
    // The server has one day with this computer, and tells what it knows that they spent.
    assert.deepEqual(
      served().map(({ spend }) => typeof spend?.today),
      (await server.keys()).map(({ spend }) => typeof spend?.today),
    );
    const again = await testWindow.refreshKey(id);
    assert.equal(again.failure, undefined);
    // A gateway is asked every five minutes.
    assert.equal(Date.parse(again.nextCheckAt ?? '') - Date.parse(again.checkedAt ?? ''), MINUTE);
    await server.close();
    const silent = await testWindow.refreshKey(id);
    assert.equal(silent.failure?.class, 'transient');
    assert.deepEqual(figures(), told);
    assert.deepEqual(
      served().map(({ failure }) => failure?.class),
      ['transient', 'transient'],
    );
  });

  it('is told when its token is unknown, or a scraper’s', async () => {
    for (const [token, reason] of [
      [`${READER}x`, 'refused-key'],
      [SCRAPER, 'wrong-credential'],
    ] as const) {
      const { failure } = await testWindow.refreshKey(await add(token));
      assert.equal(failure?.reason, reason);
    }
  });
});
