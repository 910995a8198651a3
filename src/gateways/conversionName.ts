import type { Site } from './site.ts';

/** A name for the site's conversion from raw units: amounts under different names are not compared. */
export function conversionName(site: Site | undefined): string {
  const { unitsPerDollar, display, yuanPerDollar, customPerDollar } = site ?? {};
  const rate = display === 'CNY' ? yuanPerDollar : display === 'CUSTOM' ? customPerDollar : undefined;
  return [display, unitsPerDollar, rate].filter(part => part !== undefined).join(' ');
}
