import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { type CommandId, commandIds } from '../../../../src/vscode/commands/commandIds.ts';
import type * as Commands from '../../../../src/vscode/commands/commands.ts';
import { parseArgument } from '../../../../src/vscode/commands/parseArgument.ts';
import { forAll } from '../../support/forAll.ts';
import { importWithStub } from '../../support/vscodeStub.ts';

/** What the manual says that commands take: `keyQuota.name({ a, b | c })`. */
const TAKEN = new Map(
  [...readFileSync('docs/commands.md', 'utf8').matchAll(/`(keyQuota\.\w+)\(\{([^}]*)\}?[^`]*\}?\)`/g)].map(
    ([, id = '', members = '']) =>
      [
        id as CommandId,
        members
          .replace(/:[^,]*/g, '')
          .split(/[,|\\]+/)
          .map(name => name.trim())
          .filter(name => name !== ''),
      ] as const,
  ),
);

const { commands } = await importWithStub<typeof Commands>('vscode/commands/commands.ts');

const ID = 'b9c1';
/** Right arguments, as the manual has them. */
const RIGHT: Readonly<Partial<Record<CommandId, readonly unknown[]>>> = {
  'keyQuota.addKey': [
    { label: 'a', kind: 'newApi', origin: 'https://a.example', credential: 'apiKey', userId: 7, secret: 's' },
    { kind: 'newApi', secret: 's', userId: '7' },
  ],
  'keyQuota.refresh': [ID, { id: ID }, undefined, null],
  'keyQuota.showKeys': [ID],
  'keyQuota.findKeyForModel': [{ model: 'gpt-4.1' }],
  'keyQuota.renameKey': [{ id: ID, label: 'b' }],
  'keyQuota.editNote': [{ id: ID, note: '' }, ID],
  'keyQuota.moveUp': [{ id: ID }, ID],
  'keyQuota.moveDown': [{ id: ID }],
  'keyQuota.testKey': [{ id: ID }, ID],
  'keyQuota.replaceSecret': [{ id: ID, secret: 's', confirmed: true }, ID],
  'keyQuota.removeKey': [{ id: ID, confirmed: true }, ID],
  'keyQuota.pinKey': [ID],
  'keyQuota.chooseStatusBarStyle': ['bar'],
  'keyQuota.queryUsage': [
    { key: ID, from: '2026-01-01', to: 1_780_000_000, show: true },
    { key: [ID, ID], from: '2026-01-01', to: '2026-01-02' },
    { from: '2026-01-01', to: '2026-01-02', show: undefined },
    ID,
  ],
  'keyQuota.createBudgetReview': [
    { keys: 'all', from: 'x', to: 'x', folder: '/a', reviewer: 'me', idleKeys: ['a'] },
  ],
  'keyQuota.verifyGateway': [
    { key: ID, from: 'x', to: 'x', reviewer: 'me', completion: { key: ID, model: 'm' } },
    ID,
  ],
  'keyQuota.showLogs': [{ key: ID }, ID],
  'keyQuota.listLogs': [{ key: ID, page: 1, pageSize: 2, type: 'consume', requestId: 'r' }, ID],
  'keyQuota.refreshAccountKey': [{ key: ID, id: '3' }],
  'keyQuota.exportHistory': [{ key: ID, file: '/a.csv', overwrite: true }],
  'keyQuota.showExpiringKeys': [{ file: '/a.ics', overwrite: false }, {}],
  'keyQuota.snoozeWarnings': [
    { keys: [ID], hours: 24 },
    { all: true, until: '2026-01-02' },
    { key: ID },
    ID,
    {},
  ],
  'keyQuota.pauseWarnings': [{ forever: true }, { hours: 1 }, {}],
  'keyQuota.setKeyWarnings': [{ key: ID, off: ['low'], percents: [1], amounts: [1], expiryDays: [1] }, ID],
  'keyQuota.setSpendingLimit': [
    { key: ID, period: 'day', amount: 5 },
    { currency: 'USD', period: 'month', amount: null },
    { key: ID },
    ID,
  ],
  'keyQuota.setProxyLogin': [{ proxy: 'http://p:1', user: 'me', password: 'p', confirmed: true }],
};

const WRONG: readonly (readonly [CommandId, unknown, RegExp])[] = [
  [
    'keyQuota.queryUsage',
    { key: ID, range: 'today' },
    /has no member “range”\. It takes: key, from, to, show\./,
  ],
  ['keyQuota.queryUsage', { key: 7, from: 'x', to: 'x' }, /“key” must be the ID of a key, a list of them/],
  ['keyQuota.queryUsage', { key: [7], from: 'x', to: 'x' }, /“key” must be the ID of a key, a list of them/],
  ['keyQuota.queryUsage', { from: 'x', to: 'x', show: 'yes' }, /“show” must be true or false/],
  ['keyQuota.queryUsage', 7, /takes an object with: key, from, to, show/],
  ['keyQuota.queryUsage', [ID], /takes an object with/],
  ['keyQuota.addKey', { label: 'a', kind: 'newApi' }, /needs “secret”/],
  ['keyQuota.addKey', { kind: 'newApi', orgin: 'https://a', secret: 's' }, /has no member “orgin”/],
  ['keyQuota.addKey', { kind: 'newApi', label: 7, secret: 's' }, /“label” must be a text/],
  ['keyQuota.addKey', 'sk-abcdefgh', /takes an object with: label, kind/],
  ['keyQuota.removeKey', { confirmed: true }, /needs “id”/],
  ['keyQuota.removeKey', { id: ID, confirmed: 'yes' }, /“confirmed” must be true or false/],
  ['keyQuota.removeKey', { key: ID, confirmed: true }, /has no member “key”\. It takes: id, confirmed/],
  ['keyQuota.eraseHistory', { confirmed: true }, /needs “id”/],
  ['keyQuota.copySecret', { id: ID, confirmed: true }, /has no member “confirmed”/],
  ['keyQuota.replaceSecret', { id: ID, secret: 7, confirmed: true }, /“secret” must be a text/],
  ['keyQuota.createBudgetReview', { folder: '/a', idleKeys: 'a' }, /“idleKeys” must be a list of texts/],
  ['keyQuota.createBudgetReview', { folder: '/a', reviewer: 7 }, /“reviewer” must be a text/],
  ['keyQuota.verifyGateway', { from: 'x', to: 'x' }, /needs “key”/],
  ['keyQuota.verifyGateway', { key: ID, completion: { key: ID } }, /“completion” must contain “key”/],
  [
    'keyQuota.verifyGateway',
    { key: ID, completion: { key: ID, model: 'm', n: 3 } },
    /“completion” must contain/,
  ],
  ['keyQuota.listLogs', { key: ID, token: 'a' }, /has no member “token”\. It takes: key, page/],
  ['keyQuota.listLogs', { page: 2 }, /needs “key”/],
  ['keyQuota.exportHistory', { file: '/a.csv' }, /needs “key”/],
  ['keyQuota.showExpiringKeys', { path: '/a.ics' }, /has no member “path”\. It takes: file, overwrite/],
  ['keyQuota.showExpiringKeys', { file: '/a.ics', overwrite: 1 }, /“overwrite” must be true or false/],
  ['keyQuota.showExpiringKeys', '/a.ics', /takes an object with: file/],
  ['keyQuota.snoozeWarnings', { hours: 2 }, /needs “key” \/ “keys” \/ “all”/],
  ['keyQuota.snoozeWarnings', { key: ID, all: true }, /only one of: key, keys, all/],
  ['keyQuota.snoozeWarnings', { key: ID, hours: 1, until: 'x' }, /only one of: hours, until/],
  ['keyQuota.snoozeWarnings', { keys: ID }, /“keys” must be a list of texts/],
  ['keyQuota.pauseWarnings', { forever: true, hours: 1 }, /only one of/],
  ['keyQuota.pauseWarnings', { minutes: 5 }, /has no member “minutes”/],
  ['keyQuota.setKeyWarnings', { percents: [5] }, /needs “key”/],
  ['keyQuota.setKeyWarnings', { key: ID, percent: [5] }, /has no member “percent”/],
  ['keyQuota.setSpendingLimit', { period: 'day', amount: 5 }, /needs “key” \/ “currency”/],
  ['keyQuota.setSpendingLimit', { key: ID, currency: 'USD' }, /only one of: key, currency/],
  ['keyQuota.setSpendingLimit', { key: ID, limit: 5 }, /has no member “limit”/],
  ['keyQuota.setProxyLogin', { user: 'me' }, /needs “proxy”/],
  ['keyQuota.findKeyForModel', { name: 'gpt' }, /has no member “name”\. It takes: model/],
  ['keyQuota.findKeyForModel', 'gpt', /takes an object with: model/],
  ['keyQuota.pinKey', { id: ID, pinned: true }, /has no member “pinned”/],
  ['keyQuota.copyValue', { text: 'a' }, /has no member “text”/],
  ['keyQuota.refresh', { keyId: ID, all: true }, /has no member “keyId”/],
  ['keyQuota.chooseStatusBarStyle', 'loud', /The style must be one of: amount, percent, bar/],
  ['keyQuota.findKeyForModel', { model: ' ' }, /“model” must be the name of a model/],
  ['keyQuota.listLogs', { key: ID, page: 0 }, /“page” must be a whole number from 1 to 1000000/],
  ['keyQuota.listLogs', { key: ID, page: 1.5 }, /“page” must be a whole number from 1 to 1000000/],
  ['keyQuota.listLogs', { key: ID, pageSize: 101 }, /“pageSize” must be a whole number from 1 to 100/],
  ['keyQuota.listLogs', { key: ID, pageSize: '50' }, /“pageSize” must be a whole number from 1 to 100/],
  ['keyQuota.listLogs', { key: ID, type: 'Consume' }, /“type” must be one of: /],
  ['keyQuota.listLogs', { key: ID, model: 7 }, /“model” must be a text/],
  ['keyQuota.listLogs', { key: ID, from: {}, to: 1 }, /This is not a date/],
  ['keyQuota.refreshAccountKey', { key: ID, id: 7 }, /“id” must be a text/],
  ['keyQuota.exportHistory', { key: ID, file: 'a.csv' }, /“file” must be the full path .* \.csv, \.json/],
  ['keyQuota.exportHistory', { key: ID, file: '/a.ics' }, /“file” must be the full path .* \.csv, \.json/],
  ['keyQuota.createBudgetReview', { folder: 'a' }, /“folder” must be the full path of a folder/],
  ['keyQuota.pauseWarnings', { hours: 0 }, /“hours” must be a number above 0, a year at most/],
  ['keyQuota.pauseWarnings', { hours: 366 * 24 + 1 }, /“hours” must be a number above 0, a year at most/],
  ['keyQuota.pauseWarnings', { until: 7 }, /“until” must be a moment in the coming year/],
  ['keyQuota.setKeyWarnings', { key: ID, off: ['all'] }, /“off” must be true, false or a list of kinds/],
  ['keyQuota.setKeyWarnings', { key: ID, percents: [-1] }, /“expiryDays” must be lists of numbers/],
  ['keyQuota.setKeyWarnings', { key: ID, amounts: [Number.POSITIVE_INFINITY] }, /lists of numbers/],
  ['keyQuota.setSpendingLimit', { key: ID, period: 'year' }, /“period” must be day, week or month/],
  [
    'keyQuota.setSpendingLimit',
    { key: ID, amount: 0 },
    /“amount” must be a number of at least 0\.000001, or null/,
  ],
  [
    'keyQuota.setSpendingLimit',
    { key: ID, amount: 0.0000009 },
    /“amount” must be a number of at least 0\.000001/,
  ],
  [
    'keyQuota.setSpendingLimit',
    { key: ID, amount: '5' },
    /“amount” must be a number of at least 0\.000001, or null/,
  ],
  [
    'keyQuota.setSpendingLimit',
    { key: ID, amount: Number.NaN },
    /“amount” must be a number of at least 0\.000001/,
  ],
  ['keyQuota.setSpendingLimit', { key: ID, amount: Number.POSITIVE_INFINITY }, /“amount” must be/],
  ['keyQuota.setProxyLogin', { proxy: 'p', user: 'me' }, /“proxy” must be the address of a proxy/],
  ['keyQuota.setProxyLogin', { proxy: 'http://p:1', user: 7 }, /“user” and “password” must be texts/],
];

/** A line of the tree that a command is chosen on, or that is focused when one is chosen in the view's title. */
const KEY_LINE = { id: 'key:a', keyId: ID, label: 'a', spoken: 'a', context: 'key', children: [] };
const TAKEN_FROM_LINE: readonly (readonly [CommandId, line: object, members: object])[] = [
  ['keyQuota.pinKey', KEY_LINE, { id: ID }],
  ['keyQuota.queryUsage', KEY_LINE, { key: ID }],
  ['keyQuota.refreshAccountKey', { ...KEY_LINE, accountKeyId: '3' }, { key: ID, id: '3' }],
  ['keyQuota.copyValue', { ...KEY_LINE, copyText: '$5' }, { copyText: '$5' }],
  ['keyQuota.createBudgetReview', KEY_LINE, {}],
  ['keyQuota.chooseStatusBarStyle', KEY_LINE, {}],
  ['keyQuota.pinKey', { ...KEY_LINE, keyId: 7 }, {}],
];

describe('an argument of a command', () => {
  const check = (id: CommandId, argument: unknown) => parseArgument(id, commands[id].argument, argument);

  for (const [id, all] of Object.entries(RIGHT)) {
    it(`of ${id} is accepted as in the manual`, () => {
      for (const argument of all) check(id as CommandId, argument);
    });
  }

  for (const [id, argument, says] of WRONG) {
    it(`${id}(${JSON.stringify(argument)}) is refused, with what is allowed`, () =>
      assert.throws(() => check(id, argument), says));
  }

  for (const [id, line, members] of TAKEN_FROM_LINE) {
    it(`${id} takes ${JSON.stringify(members)} from ${JSON.stringify(line)}, and asks for the rest`, () =>
      assert.deepEqual(check(id, line), { members, isObject: false }));
  }

  it('that is a text means one member', () => {
    assert.deepEqual(check('keyQuota.queryUsage', ID), { members: { key: ID }, isObject: false });
    assert.deepEqual(check('keyQuota.chooseStatusBarStyle', 'bar'), {
      members: { style: 'bar' },
      isObject: false,
    });
  });

  it('that is an object loses its undefined members', () => {
    assert.deepEqual(check('keyQuota.listLogs', { key: ID, page: undefined, type: 'consume' }), {
      members: { key: ID, type: 'consume' },
      isObject: true,
    });
    assert.deepEqual(check('keyQuota.createBudgetReview', {}), { members: {}, isObject: false });
  });

  it('has exactly the members that the manual names', () => {
    assert.ok(TAKEN.size > 12, [...TAKEN.keys()].join());
    for (const [id, members] of TAKEN) {
      assert.throws(
        () => check(id, { noSuchMember: 1 }),
        (error: Error) => {
          const known = /It takes: (.+)\.$/.exec(error.message)?.[1]?.split(', ') ?? [];
          assert.deepEqual(known.toSorted(), members.toSorted(), id);
          return true;
        },
      );
    }
  });

  it('of any command may be a tree line, or nothing', () => {
    const gateway = {
      id: 'gateway:a',
      label: 'a',
      spoken: 'a',
      context: 'gateway',
      isParent: true,
      children: [],
    };
    for (const id of commandIds) {
      for (const argument of [KEY_LINE, gateway, undefined, null]) check(id, argument);
    }
  });

  it('is never quoted, except for the names of members', () => {
    const ids = fc.constantFrom(...commandIds);
    const name = fc.constantFrom(
      'id',
      'key',
      'secret',
      'keys',
      'off',
      'file',
      'x',
      '__proto__',
      'constructor',
    );
    const value = fc.oneof(fc.constant('VALUE'), fc.constant(['VALUE']), fc.constant({ VALUE: 1 }));
    const given = fc.oneof(fc.dictionary(name, value), value);
    forAll(fc.tuple(ids, given), ([id, argument]) => {
      try {
        check(id, argument);
        return true;
      } catch (error) {
        const { message } = error as Error;
        return typeof argument === 'object' && 'VALUE' in argument ? true : !message.includes('VALUE');
      }
    });
  });
});
