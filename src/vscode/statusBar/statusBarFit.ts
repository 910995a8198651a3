import { lengthOf, truncate } from '../../text/truncate.ts';

/** A longer label is truncated. */
const MAX_LABEL = 24;
/** A label is not truncated to less than this. */
const MIN_LABEL = 4;
const GAP = ' · ';

/**
 * Name, figure and notice in at most `maxLength` characters; 0: as many as they take. The label is
 * truncated first, then the notice is left out, which the icon shows as well. A figure is never truncated.
 */
export function fitText(
  label: string,
  figure: string | undefined,
  notice: string | undefined,
  maxLength: number,
): string {
  const rest = [figure, notice].filter(part => part !== undefined).join(GAP);
  if (maxLength === 0) return joinParts(truncate(label, MAX_LABEL), rest);
  const room = maxLength - (rest === '' ? 0 : lengthOf(rest) + GAP.length);
  if (room >= MIN_LABEL || lengthOf(label) <= room) {
    return joinParts(truncate(label, Math.min(MAX_LABEL, room)), rest);
  }
  if (notice !== undefined) return fitText(label, figure, undefined, maxLength);
  return figure ?? truncate(label, maxLength);
}

/** A text around a label in at most `maxLength` characters; 0: as many as it takes. Only the label gives way. */
export function fitLabel(label: string, textWith: (label: string) => string, maxLength: number): string {
  const whole = truncate(label, MAX_LABEL);
  const text = textWith(whole);
  const excess = maxLength === 0 ? 0 : lengthOf(text) - maxLength;
  return excess > 0 ? textWith(truncate(whole, Math.max(MIN_LABEL, lengthOf(whole) - excess))) : text;
}

function joinParts(label: string, rest: string): string {
  return rest === '' ? label : label + GAP + rest;
}
