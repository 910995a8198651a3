import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { freeMoment } from '../../../../src/services/polling/freeMoment.ts';

describe('a moment that is far from others', () => {
  /** Between 100 and 200, 150 is wanted. */
  const TABLE: readonly [what: string, others: readonly number[], enough: number, moment: number][] = [
    ['there are no others', [], 50, 150],
    ['as wanted, where that is far enough from all', [100, 180], 30, 150],
    ['as wanted, where nothing is farther', [100, 200], 60, 150],
    ['the beginning, where others come later', [150, 160, 260], 50, 100],
    ['the end, where others came earlier', [40, 140, 150], 50, 200],
    ['in the middle of the largest gap', [96, 140, 200], 50, 170],
    ['in whole milliseconds', [96, 141, 200], 50, 171],
    ['in no gap that lies elsewhere', [100, 150, 200, 500], 50, 125],
    ['in any order', [200, 96, 140], 50, 170],
    ['as wanted, where all are there already', [100, 150, 200, 125, 175, 150], 0, 150],
  ];
  for (const [what, others, enough, moment] of TABLE) {
    it(what, () => assert.equal(freeMoment([100, 200], 150, others, enough), moment));
  }

  /** The same, with moments at which something else is done. */
  const JOINED: readonly [
    what: string,
    others: readonly number[],
    joinable: readonly number[],
    moment: number,
  ][] = [
    ['is the one at which something else is done', [], [120], 120],
    ['is the one of these that is closest to what is wanted', [], [110, 170, 190], 170],
    ['is none of these that is too close to others', [130], [120, 190], 190],
    ['is one of these at either end', [], [200], 200],
    ['is as wanted where all of these are outside', [], [99, 201], 150],
    ['is far from others where none of these is', [100, 150, 200], [140], 125],
  ];
  for (const [what, others, joinable, moment] of JOINED) {
    it(what, () => assert.equal(freeMoment([100, 200], 150, others, 50, joinable), moment));
  }
});
