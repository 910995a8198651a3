import { cachedFormat } from '../../text/cachedFormats.ts';

/** A name longer than this says no more at a glance. */
const MAX_LABEL = 24;
/** A name shorter than this says nothing. */
const MIN_LABEL = 4;
const GAP = ' · ';

const signs = cachedFormat(
  (language, granularity: 'grapheme') => new Intl.Segmenter(language, { granularity }),
);

/**
 * Name, figure and notice in at most `maxLength` characters; 0: as many as they take. The name gives way
 * first, then the notice, which the icon tells as well. A figure is never cut: half of one is another one.
 */
export function fitted(
  label: string,
  figure: string | undefined,
  notice: string | undefined,
  maxLength: number,
): string {
  const rest = [figure, notice].filter(part => part !== undefined).join(GAP);
  if (maxLength === 0) return joined(shortened(label, MAX_LABEL), rest);
  const room = maxLength - (rest === '' ? 0 : lengthOf(rest) + GAP.length);
  if (room >= MIN_LABEL || lengthOf(label) <= room) {
    return joined(shortened(label, Math.min(MAX_LABEL, room)), rest);
  }
  if (notice !== undefined) return fitted(label, figure, undefined, maxLength);
  return figure ?? shortened(label, maxLength);
}

function joined(label: string, rest: string): string {
  return rest === '' ? label : label + GAP + rest;
}

function lengthOf(text: string): number {
  return [...text].length;
}

/** Cut at what a person takes for a sign, so that no half of an emoji is left. */
function shortened(text: string, max: number): string {
  if (lengthOf(text) <= max) return text;
  let start = '';
  let length = 0;
  for (const { segment } of signs('grapheme').segment(text)) {
    length += lengthOf(segment);
    if (length > max - 1) break;
    start += segment;
  }
  return `${start.replace(/[\s\p{P}]+$/u, '')}…`;
}
