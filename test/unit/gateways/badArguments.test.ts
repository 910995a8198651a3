import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { TestSetup } from '../support/testSetup.ts';
import { TEAM } from './fixture.ts';

/** Ranges that cannot be meant, and a word of the sentence that says so. It is 15 June 2026. */
const RANGES: Readonly<Record<string, readonly [from: unknown, to: unknown, says: RegExp]>> = {
  'half a pair: no end': ['2026-06-01', undefined, /needs a start and an end/],
  'half a pair: no beginning': [undefined, '2026-06-01', /needs a start and an end/],
  'half a pair: null': ['2026-06-01', null, /needs a start and an end/],
  'half a pair: empty': ['', '2026-06-01', /needs a start and an end/],
  reversed: ['2026-06-02', '2026-06-01', /ends before it begins/],
  'reversed seconds': [1_780_000_001, 1_780_000_000, /ends before it begins/],
  milliseconds: [1_780_000_000_000, 1_780_100_000_000, /seconds since 1970, not milliseconds/],
  'one end in milliseconds': [1_780_000_000, 1_780_100_000_000, /not milliseconds/],
  'thirteen months': ['2025-05-01', '2026-06-01', /longer than a year/],
  'thirteen months in seconds': [1_746_000_000, 1_780_200_000, /longer than a year/],
  'a word': ['yesterday', '2026-06-01', /not a date\. Dates look like 2026-06-01/],
  slashes: ['2026/06/01', '2026/06/02', /not a date/],
  'another order': ['01-06-2026', '02-06-2026', /not a date/],
  'seconds as text': ['1780000000', '1780100000', /not a date/],
  '29 February of a common year': ['2026-02-29', '2026-03-01', /not a date/],
  '31 June': ['2025-06-30', '2025-06-31', /not a date/],
  'a thirteenth month': ['2025-12-01', '2025-13-01', /not a date/],
  '29 February with a time': ['2026-02-29T00:00:00Z', '2026-03-01', /not a date/],
  'seconds before 1970': [-5, 1_780_000_000, /not a date/],
  'not a number': [Number.NaN, 1_780_000_000, /not a date/],
  infinity: [0, Number.POSITIVE_INFINITY, /not milliseconds|not a date/],
  'a list': [['2026-06-01'], '2026-06-02', /not a date/],
  'an object': [{}, '2026-06-02', /not a date/],
  'yes and no': [true, false, /not a date/],
  'the future': ['2026-06-20', '2026-06-21', /begins in the future/],
};

/** Other members of `listLogs` that cannot be meant. */
const MEMBERS: Readonly<Record<string, readonly [Readonly<Record<string, unknown>>, RegExp]>> = {
  'page 0': [{ page: 0 }, /“page” must be a whole number from 1/],
  'a negative page': [{ page: -1 }, /“page” must be/],
  'half a page': [{ page: 1.5 }, /“page” must be/],
  'a page as text': [{ page: '2' }, /“page” must be/],
  'a page that is null': [{ page: null }, /“page” must be/],
  'pages too long': [{ pageSize: 101 }, /“pageSize” must be a whole number from 1 to 100/],
  'pages without rows': [{ pageSize: 0 }, /“pageSize” must be/],
  'an unknown type': [{ type: 'spend' }, /“type” must be one of: topUp, consume, manage/],
  'a type by number': [{ type: 2 }, /“type” must be one of/],
  'a type that every object has': [{ type: 'constructor' }, /“type” must be one of/],
  'a key name that is a number': [{ keyName: 7 }, /“keyName” must be a text/],
  'a model that is a list': [{ model: ['gpt-4.1'] }, /“model” must be a text/],
  'a group that is null': [{ group: null }, /“group” must be a text/],
  'a request id that is a number': [{ requestId: 17 }, /“requestId” must be a text/],
  'an unknown key': [{ key: 'nobody' }, /no key with the ID nobody/],
};

describe('arguments that cannot be meant are refused before any request', () => {
  let setup: TestSetup;
  let key: string;
  beforeEach(async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    key = (await setup.add(setup.account('team'))).id;
  });
  afterEach(async () => {
    assert.equal(setup.gateway.calls.length, 0, 'nothing was asked');
    await setup.close();
  });

  for (const [name, [from, to, says]] of Object.entries(RANGES)) {
    for (const command of ['listLogs', 'verifyGateway']) {
      it(`${command}: ${name}`, () => assert.rejects(setup.run(command, { key, from, to }), says));
    }
  }

  for (const [name, [members, says]] of Object.entries(MEMBERS)) {
    it(`listLogs: ${name}`, () => assert.rejects(setup.run('listLogs', { key, ...members }), says));
  }

  it('verifyGateway: no range at all', () =>
    assert.rejects(setup.run('verifyGateway', { key }), /needs a start and an end/));
});

describe('ranges at the edge of what can be meant', () => {
  for (const [name, from, to, seconds] of [
    ['a leap day', '2024-02-29', '2024-02-29', 86_400],
    ['a whole leap year', '2024-01-01', '2024-12-31', 366 * 86_400],
    ['a second', 1_780_000_000, 1_780_000_000, 1],
    ['moments', '2026-06-01T10:00:00Z', '2026-06-01T11:00:00Z', 3601],
  ] as const) {
    it(`${name} is sent in whole seconds, both included`, async () => {
      const setup = await TestSetup.open({ accounts: [TEAM] });
      try {
        const { id: key } = await setup.add(setup.account('team'));
        await setup.run('listLogs', { key, from, to });
        const sent = new URLSearchParams(setup.gateway.callsOf({ path: '/api/log/self' })[0]?.search);
        const length = Number(sent.get('end_timestamp')) - Number(sent.get('start_timestamp')) + 1;
        assert.equal(length, seconds);
      } finally {
        await setup.close();
      }
    });
  }
});
