import { cachedFormat } from './cachedFormats.ts';
import { areFiguresHidden, HIDDEN } from './hiddenFigures.ts';

/** A share from 0 to 1 as whole per cent, rounded towards 0: 0.999 is `99%`. */
export function percentText(share: number): string {
  if (areFiguresHidden()) return HIDDEN;
  const nearest = Math.round(share * 100);
  const isBeyond = Math.abs(nearest / 100) > Math.abs(share);
  return wholePercentText((isBeyond ? nearest - Math.sign(share) : nearest) + 0);
}

/** The share that is left, as whole per cent: a little is not nothing, 0.004 is `<1%`. */
export function shareLeftText(share: number): string {
  return share > 0 && share < 0.01 && !areFiguresHidden() ? `<${percentText(0.01)}` : percentText(share);
}

/** A share of a sum from 0 to 1, to a tenth of a per cent, so that shares add up: 0.6667 is `66.7%`. */
export function shareOfSumText(share: number): string {
  if (areFiguresHidden()) return HIDDEN;
  return shareFormat('share').format(share);
}

const percentFormat = cachedFormat(
  (language, _name: 'percent') =>
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0, roundingMode: 'trunc' }),
);
const shareFormat = cachedFormat(
  (language, _name: 'share') =>
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }),
);
/** Cached, since there are only about a hundred and each key in a snapshot has one. */
const wholePercentText = cachedFormat((_language, whole: number) =>
  percentFormat('percent').format(whole / 100),
);
