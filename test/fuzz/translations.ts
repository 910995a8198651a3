import * as fc from 'fast-check';
import { packed } from '../../build/packTexts.ts';
import { unpackTexts } from '../../src/text/packedTexts.ts';
import { target } from './target.ts';
import { texts } from './texts.ts';

const files = fc.uniqueArray(fc.tuple(texts, texts), { selector: ([message]) => message, maxLength: 30 });

/** Translations as the build writes them and a start reads them. */
export const translations = target(
  'packed translations',
  'parser',
  files,
  entries => {
    const unpacked = unpackTexts(packed(Object.fromEntries(entries)));
    return entries.map(([message]) => unpacked[message]);
  },
  (found, entries) =>
    entries.every(([, text], index) => found[index] === text) ? undefined : `not the same: ${found}`,
);
