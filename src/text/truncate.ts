import { cachedFormat } from './cachedFormats.ts';

const segmenters = cachedFormat(
  (language, granularity: 'grapheme') => new Intl.Segmenter(language, { granularity }),
);

/** The characters of a text as people see them: no emoji is split. */
export function graphemesOf(text: string): string[] {
  return Array.from(segmenters('grapheme').segment(text), ({ segment }) => segment);
}

export function lengthOf(text: string): number {
  return [...text].length;
}

/** Truncates between graphemes; how much each takes is said by `sizeOf`. */
export function truncate(text: string, max: number, sizeOf: (text: string) => number = lengthOf): string {
  if (sizeOf(text) <= max) return text;
  let start = '';
  let size = 0;
  for (const grapheme of graphemesOf(text)) {
    size += sizeOf(grapheme);
    if (size > max - 1) break;
    start += grapheme;
  }
  return `${start.replace(/[\s\p{P}]+$/u, '')}…`;
}
