import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withUniqueNames } from '../../../../src/core/quota/uniqueNames.ts';

describe('names of keys in a document', () => {
  const rows: readonly (readonly [what: string, keys: readonly string[], names: readonly string[]])[] = [
    ['stay where each is another', ['a https://x.dev', 'b https://x.dev'], ['a', 'b']],
    [
      'have the address of their gateway where several have the same name',
      ['a https://x.dev', 'b https://x.dev', 'a https://y.dev:8443', 'a https://x.dev/newapi'],
      ['a (x.dev)', 'b', 'a (y.dev:8443)', 'a (x.dev/newapi)'],
    ],
    [
      'have a number where the address is the same too',
      ['a https://x.dev', 'a https://x.dev', 'a https://y.dev'],
      ['a (x.dev) 1', 'a (x.dev) 2', 'a (y.dev)'],
    ],
    [
      'have a number that no other name has',
      ['a https://x.dev', 'a https://x.dev', 'a_(x.dev)_1 https://x.dev'],
      ['a (x.dev) 2', 'a (x.dev) 3', 'a (x.dev) 1'],
    ],
    ['are none without keys', [], []],
  ];
  for (const [what, keys, names] of rows) {
    it(what, () => {
      const records = keys.map((text, id) => {
        const [label = '', baseUrl = ''] = text.split(' ');
        return { id, label: label.replaceAll('_', ' '), baseUrl };
      });
      const named = withUniqueNames(records);
      assert.deepEqual(
        named.map(({ id, label }) => [id, label]),
        names.map((name, id) => [id, name]),
      );
    });
  }
});
