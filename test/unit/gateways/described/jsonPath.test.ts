import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findValue, jsonPathMistake } from '../../../../src/gateways/described/jsonPath.ts';

const ANSWER = {
  data: {
    balance: 12.5,
    left: '3',
    list: [1, 2],
    none: null,
    flag: true,
    'odd name': 4,
    'a(b': 5,
    '$..x': 6,
  },
  plans: [
    { id: 'free', left: 1 },
    { id: 'pro', left: 99, windows: { '5h': { used: 7 } } },
  ],
};

const FINDS = [
  ['$.data.balance', 'number', 12.5],
  ["$['data']['odd name']", 'number', 4],
  ["$.data['a(b']", 'number', 5],
  ['$.data["$..x"]', 'number', 6],
  ['$.data.left', 'text', '3'],
  ['$.data.list', 'list', [1, 2]],
  ['$.data.list[-1]', 'number', 2],
  ['$.data.none', 'null', null],
  ['$.data.flag', 'flag', true],
  ['$.plans[1].windows', 'object', { '5h': { used: 7 } }],
  ['$.plans[?@.id == "pro"].left', 'number', 99],
  ["$.plans[?@['id'] == 'pro' && @.left > 5].windows['5h'].used", 'number', 7],
  ['$..balance', 'number', 12.5],
  ['$.data.gone', 'nothing', undefined],
  ['$.data.balance.more', 'nothing', undefined],
  ['$.data.list[*]', 'several', undefined],
  ['$..left', 'several', undefined],
  ['$.data.__proto__', 'nothing', undefined],
  ['$.constructor', 'nothing', undefined],
  ['$.data.list[0:9:0]', 'nothing', undefined],
] as const;

const REFUSED = [
  ['', 'not-json-path'],
  ['data.balance', 'not-json-path'],
  ['$.', 'not-json-path'],
  ['$[', 'not-json-path'],
  ['$.a b', 'not-json-path'],
  ['$[?match(@.a, "(a+)+b")]', 'with-function'],
  ['$[?search(@.a, "(a+)+b")]', 'with-function'],
  ['$[?length(@.a) > 1]', 'with-function'],
  ['$[?count(@.*) > 1]', 'with-function'],
  ['$[?value(@.a) == 1]', 'with-function'],
  ["$['a'][?search(@.b,'(a+)+b')]", 'with-function'],
  ["$['\\''][?search(@.b,'(a+)+b')]", 'with-function'],
  ['$["\\"][?search(@.b,"(a+)+b")]', 'with-function'],
  [`$[?${'('.repeat(40)}@.a${')'.repeat(40)}]`, 'with-function'],
  ['$..a..b', 'too-broad'],
  ['$..*..*..*', 'too-broad'],
  ['$[*,*,*][*,*,*]', 'too-broad'],
  ["$['a','a']", 'too-broad'],
  ['$[?@..a == 1]', 'not-json-path'],
  ['$[?@..a]', 'too-broad'],
  ['$[?@.*]', 'too-broad'],
  ['$[?$.a]', 'too-broad'],
  ['$[?@.a == $.b]', 'too-broad'],
  ['$[?@[?@[?@.a]]]', 'too-broad'],
  ['$[?@.a][?@.b]', 'too-broad'],
  ['$..[?@ != @]', 'too-broad'],
  ['$[?@.a == @.b]', 'too-broad'],
  ['$[?@.c == 1 && !(@.a)]', 'with-function'],
  ['$[?@.c == 1 && @.a < @.b]', 'too-broad'],
  [`$${'.a'.repeat(17)}`, 'too-broad'],
  [`$${'[0]'.repeat(17)}`, 'too-broad'],
  ['$[99999]', 'too-broad'],
  ['$[0:99999]', 'too-broad'],
  [`$.${'a'.repeat(200)}`, 'too-long'],
  [7, 'not-text'],
  [null, 'not-text'],
] as const;

describe('a JSON path of a described gateway', () => {
  for (const [path, thing, value] of FINDS)
    it(`finds ${thing} at ${path}`, () => {
      assert.equal(jsonPathMistake(path), undefined);
      const found = findValue(ANSWER, path);
      assert.equal(found.type, thing);
      assert.deepEqual(found.value, value);
    });

  for (const [path, mistake] of REFUSED)
    it(`is refused as “${mistake}”: ${String(path).slice(0, 50)}`, () => {
      assert.equal(jsonPathMistake(path), mistake);
    });

  it('stops at the second result, however many there are', () => {
    const many = Array.from({ length: 50_000 }, (_, at) => ({ left: at }));
    assert.deepEqual(findValue(many, '$..left'), { type: 'several' });
  });
});
