import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addedLength } from '../../../../../src/vscode/commands/keys/add/addedLength.ts';

describe('how many signs are new in a field', () => {
  for (const [what, typed, before, length] of [
    ['one that is typed at the end', 'relay', 'rela', 1],
    ['one that is typed in the middle', 'https://a.example/v1', 'https://a.exaple/v1', 1],
    ['none where one is taken away', 'rela', 'relay', 0],
    ['all of what is pasted into an empty field', 'sk-Made0Up1', '', 11],
    ['all of what is pasted over a longer address', 'cr_Made0Up1', 'http://127.0.0.1:3000/', 11],
    ['what is pasted behind an address', 'https://a.example cr_Made0Up1', 'https://a.example', 12],
    ['one of a doubled sign', 'aa', 'a', 1],
  ] as const) {
    it(what, () => assert.equal(addedLength(typed, before), length));
  }
});
