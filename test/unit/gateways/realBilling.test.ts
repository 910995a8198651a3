import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { conversionName } from '../../../src/gateways/conversionName.ts';
import { knownOfSite } from '../../../src/services/requests/knownSites.ts';
import { saveNote } from '../../../src/services/requests/saveNote.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import { BILLED_ROWS, SITE_ROWS } from '../../replay/realBilling.ts';
import { ROWS } from '../../replay/realServers.ts';
import { CAPTURED_AT, type ReplayServer, startReplayServer } from '../../replay/replayServer.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { ManualClock } from '../support/manualClock.ts';
import { TestWindow } from '../support/testWindow.ts';

let server: ReplayServer;
let testWindow: TestWindow;

const close = async () => {
  await testWindow.close();
  await server.close();
};

async function addKey(key: string): Promise<string> {
  return testWindow.keyService.add({
    kind: 'newApi',
    credential: 'apiKey',
    label: key,
    baseUrl: server.origin,
    secret: server.secretOf(key),
  });
}

const known = () => knownOfSite(testWindow.store, server.origin, testWindow.clock.now());

describe('what a key shows of billing at a real server', () => {
  afterEach(close);

  for (const { server: name, key, site, mode } of SITE_ROWS) {
    it(`${name}, ${key}, ${site?.join(' ')}: ${mode ?? 'nothing'}`, async () => {
      const clock = new ManualClock(CAPTURED_AT);
      server = await startReplayServer(name, { prefer: site, clock: clock.now });
      testWindow = new TestWindow({ clock });
      await testWindow.refreshKey(await addKey(key));
      assert.equal(known().notes.billing?.mode, mode);
    });
  }
});

describe('what a person reads of a key at a real server whose billing tells the keys’ own figures', () => {
  afterEach(close);

  /** Reads a key at a site of which that is known already. */
  async function read({ server: name, key, site }: (typeof ROWS)[number]): Promise<KeyState> {
    const clock = new ManualClock(CAPTURED_AT);
    server = await startReplayServer(name, { prefer: site, clock: clock.now });
    testWindow = new TestWindow({ clock });
    // The site is asked for its unit first.
    await testWindow.keyService.checkDraft({
      kind: 'newApi',
      credential: 'apiKey',
      label: 'Unknown',
      baseUrl: server.origin,
      secret: secretFor('nobody'),
    });
    const told = known().site;
    const now = testWindow.clock.now();
    const note = {
      mode: 'key',
      version: told?.version,
      unit: conversionName(told),
      at: now,
      since: now,
    } as const;
    // Not every server's answer to an unknown key was captured there.
    saveNote(testWindow.store, server.origin, { billing: note, lacks: { '/api/usage/token/': 0 } });
    return testWindow.refreshKey(await addKey(key));
  }

  function assertRead({ reading, ...state }: KeyState, row: (typeof ROWS)[number]): void {
    assert.equal(state.status, row.status);
    assert.match(state.failure?.message ?? '', row.advice ?? /^$/);
    assert.equal(reading === undefined, row.advice !== undefined, 'a refusal is no reading');
    if (!reading) return;
    if (row.figure !== undefined) assert.equal(figureText({ reading, ...state }), row.figure);
    const { quota, expiresAt, models } = reading;
    assert.deepEqual(
      { used: quota?.used, unlimited: quota?.unlimited, expiresAt, models },
      { used: row.used, unlimited: row.unlimited ?? false, expiresAt: row.expiresAt, models: row.models },
    );
  }

  for (const row of BILLED_ROWS) {
    it(`${row.server}, ${row.key}, ${row.site?.join(' ')}: ${row.figure}`, async () => {
      const state = await read(row);
      assertRead(state, row);
      assert.equal(state.reading?.source, row.source);
    });
  }

  // A capture of the one endpoint alone cannot tell what the other says.
  const both = ROWS.filter(({ server: name }) => /new-api-(?:0\.9|0\.1|1)/.test(name));
  for (const row of both) {
    it(`as by its own endpoint: ${row.server}, ${row.key}: ${row.figure ?? ''} ${row.status}`, async () =>
      assertRead(await read(row), row));
  }
});
