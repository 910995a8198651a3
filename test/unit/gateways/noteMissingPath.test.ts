import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed } from '../../../src/core/quota/failure.ts';
import { isPathMissing } from '../../../src/gateways/missingPath.ts';
import {
  isUnknownRoute,
  mayBeMissingPath,
  notePathFound,
  notePathMissing,
} from '../../../src/gateways/noteMissingPath.ts';
import type { SiteNotes } from '../../../src/gateways/siteNotes.ts';
import { saveNote } from '../../../src/services/requests/saveNote.ts';
import { notesIn } from '../../../src/services/requests/siteNotes.ts';
import { DAY, NOW } from '../support/samples.ts';
import { TestWindow } from '../support/testWindow.ts';

const PATH = '/api/usage/token/';

describe('what a site lacks', () => {
  /** A context at a moment, which keeps notes as the store does. */
  const visits = (kept: SiteNotes = {}) => {
    let notes = kept;
    return (at: number) =>
      ({
        now: () => at,
        notes: () => notes,
        note: (change: SiteNotes) => {
          notes = { ...notes, ...change };
        },
      }) as Parameters<typeof notePathMissing>[0];
  };

  it('is believed for three days', () => {
    const context = visits();
    notePathMissing(context(NOW), PATH);
    assert.equal(isPathMissing(context(NOW), PATH), true);
    assert.equal(isPathMissing(context(NOW + 3 * DAY - 1), PATH), true);
    assert.equal(isPathMissing(context(NOW + 3 * DAY), PATH), false);
    assert.equal(isPathMissing(context(NOW), '/api/log/token'), false);
  });

  it('is not believed for longer where a clock that ran ahead has noted it', () => {
    const context = visits();
    notePathMissing(context(NOW + 400 * DAY), PATH);
    assert.equal(isPathMissing(context(NOW), PATH), false);
  });

  it('is nothing that has answered there', () => {
    const context = visits();
    notePathFound(context(NOW), PATH);
    notePathMissing(context(NOW), PATH);
    assert.equal(isPathMissing(context(NOW), PATH), false);
  });

  it('is told by the router’s own words alone', () => {
    assert.equal(isUnknownRoute(404, 'Invalid URL (GET /api/usage/token/)'), true);
    assert.equal(isUnknownRoute(404, '404 page not found'), false);
    assert.equal(isUnknownRoute(404, 'Sorry: Invalid URL (GET /x)'), false);
    assert.equal(isUnknownRoute(403, 'Invalid URL (GET /api/usage/token/)'), false);
  });

  it('may be told by a failure for which some sites have a web page in its place', () => {
    const failureOf = (...[failureClass, reason]: Parameters<typeof failed>) =>
      mayBeMissingPath(failed(failureClass, reason).failure);
    assert.equal(failureOf('not-supported', 'no-such-endpoint'), true);
    for (const reason of ['html', 'other-page', 'redirected'] as const)
      assert.equal(failureOf('unexpected', reason), true);
    for (const reason of ['empty', 'not-json', 'refused-request'] as const)
      assert.equal(failureOf('unexpected', reason), false);
    assert.equal(failureOf('transient', 'server-error'), false);
  });

  it('and what has answered is written once', () => {
    const noted: SiteNotes[] = [];
    const context = (has: SiteNotes['has']) =>
      ({ now: () => NOW, notes: () => ({ has }), note: noted.push.bind(noted) }) as never;
    notePathFound(context({ [PATH]: true }), PATH);
    assert.deepEqual(noted, []);
    notePathFound(context({ '/other': true }), PATH);
    assert.deepEqual(noted, [{ has: { [PATH]: true } }]);
  });

  it('is kept beside what was noted before', async () => {
    const testWindow = new TestWindow();
    try {
      const origin = 'https://gw.example';
      const noted = () => notesIn(testWindow.store.sites.siteOf(origin)?.site);
      saveNote(testWindow.store, origin, { lacks: { '/a': NOW }, has: { '/c': true } });
      saveNote(testWindow.store, origin, { lacks: { '/b': NOW }, has: { '/d': true } });
      saveNote(testWindow.store, origin, { userIdHeaders: ['Veloera-User'] });
      assert.deepEqual(noted(), {
        lacks: { '/a': NOW, '/b': NOW },
        has: { '/c': true, '/d': true },
        userIdHeaders: ['Veloera-User'],
      });
      assert.equal(testWindow.store.sites.siteOf(origin)?.askedAt, 0, 'the site itself is still to be asked');
      testWindow.store.sites.saveSite(origin, '{"name":"Relay"}', NOW);
      saveNote(testWindow.store, origin, { has: { '/e': true } });
      assert.deepEqual(testWindow.store.sites.siteOf(origin), {
        site: '{"name":"Relay","notes":{"has":{"/e":true},"lacks":{}}}',
        askedAt: NOW,
      });
    } finally {
      await testWindow.close();
    }
  });
});
