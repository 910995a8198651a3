/** A text in which no date in Chinese is broken: `2026年6月15日` has no spaces, and lines may end within it. */
export function wholeDates(text: string): string {
  return text.replace(/\d+年\d+月\d+日/g, date => date.replace(/(?<=[年月])|(?=[年月日])/g, '\u2060'));
}
