import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { barPicture, daysPicture, type ThemeKind } from '../../../../src/text/cards/cardPictures.ts';

const svgOf = (address: string) => {
  const [, data = ''] = /^data:image\/svg\+xml;base64,(.*)$/.exec(address) ?? [];
  return atob(data);
};
/** The numbers of an attribute, one for each figure in the picture. */
const all = (svg: string, name: string) =>
  [...svg.matchAll(new RegExp(`<rect[^>]* ${name}="([^"]*)"`, 'g'))].map(([, value]) => value);
const bar = (share: number, theme: ThemeKind = 'dark') => svgOf(barPicture(share, 'good', theme));
const days = (amounts: readonly (number | undefined)[]) => svgOf(daysPicture(amounts, 'dark'));

describe('the bar of a card', () => {
  it('is as long as what is left, full only when all is, and empty only when nothing is', () => {
    assert.deepEqual(all(bar(0.5), 'width'), ['82', '41']);
    assert.deepEqual(all(bar(1), 'width'), ['82', '82']);
    assert.deepEqual(all(bar(0.9999), 'width'), ['82', '79']);
    assert.deepEqual(all(bar(0.0001), 'width'), ['82', '3']);
    assert.deepEqual(all(bar(0), 'width'), ['82']);
  });

  it('has colors for each kind of theme, and an edge where contrast is high', () => {
    assert.deepEqual(all(bar(0.5, 'dark'), 'fill'), ['#ffffff24', '#89d185']);
    assert.deepEqual(all(bar(0.5, 'light'), 'fill'), ['#0000001f', '#388a34']);
    assert.deepEqual(all(bar(0.5, 'darkContrast'), 'stroke'), ['#ffffff']);
    assert.deepEqual(all(bar(0.5, 'lightContrast'), 'stroke'), ['#292929']);
    assert.deepEqual(all(svgOf(barPicture(0, 'error', 'darkContrast')), 'stroke'), ['#ffffff']);
  });
});

describe('the days of a card', () => {
  it('are as high as their spend, the highest for the most', () => {
    const svg = days([7, 14, 3.5]);
    assert.deepEqual(
      [all(svg, 'height'), all(svg, 'y')],
      [
        ['7', '14', '3.5'],
        ['7', '0', '10.5'],
      ],
    );
    assert.deepEqual(all(svg, 'x'), ['0', '6', '12']);
  });

  it('tell a little from nothing, and nothing from what is not known', () => {
    assert.deepEqual(all(days([0.001, 0, undefined, 10]), 'height'), ['2', '1', '14']);
    assert.deepEqual(all(days([0.001, 0, undefined, 10]), 'x'), ['0', '6', '18']);
    assert.deepEqual(all(days([0, 0]), 'height'), ['1', '1']);
    assert.deepEqual(all(days([-1, 5]), 'height'), ['1', '14'], 'more given back than spent is no spend');
  });

  it('show today in a color of its own', () => {
    const [before, today] = all(days([5, 5]), 'fill');
    assert.notEqual(before, today);
  });
});
