import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { colorIn, STATUS_COLOR } from '../../../../src/vscode/tree/treeColors.ts';

/** The colors of lists, which themes of high contrast leave undefined. */
const OF_LISTS = /^list\./;

describe('colors of the tree', () => {
  for (const theme of ['darkContrast', 'lightContrast'] as const)
    it(`are there in ${theme}, for each status that has one`, () => {
      for (const [status, color] of Object.entries(STATUS_COLOR))
        assert.doesNotMatch(colorIn(theme, color), OF_LISTS, status);
      assert.deepEqual(
        [colorIn(theme, 'list.errorForeground'), colorIn(theme, 'list.warningForeground')],
        ['errorForeground', 'editorWarning.foreground'],
      );
    });

  for (const theme of ['dark', 'light'] as const)
    it(`are those of lists in ${theme}`, () => {
      for (const color of Object.values(STATUS_COLOR)) assert.equal(colorIn(theme, color), color);
    });
});
