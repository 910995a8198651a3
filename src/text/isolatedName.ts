/** Letters that are written from right to left, such as Hebrew and Arabic. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const [BEGIN_ISOLATE, END_ISOLATE] = ['\u2068', '\u2069'];

/**
 * A name for a sentence without markup. One that is written from right to left is isolated: a figure after it would else
 * stand before it.
 */
export function isolatedName(name: string): string {
  return RIGHT_TO_LEFT.test(name) ? `${BEGIN_ISOLATE}${name}${END_ISOLATE}` : name;
}
