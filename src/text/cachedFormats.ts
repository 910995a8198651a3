import { displayLanguage } from './displayLanguage.ts';
import { displayZoneOption } from './zone.ts';

/** The most cached values: more than there are names, or than a screen shows where numbers are the names. */
const MAX_CACHED = 2000;

/**
 * Memoizes what `make` returns for each name: `Intl` formats, or texts made with them. Creating a format costs a
 * hundred times as much as using it. The cache is emptied when the display language or zone changes.
 */
export function cachedFormat<Name extends string | number, Format>(
  create: (language: string, name: Name) => Format,
): (name: Name) => Format {
  const formats = new Map<Name, Format>();
  let cachedLanguage = displayLanguage();
  let cachedZone = displayZoneOption();
  return name => {
    if (cachedLanguage !== displayLanguage() || cachedZone !== displayZoneOption()) formats.clear();
    cachedLanguage = displayLanguage();
    cachedZone = displayZoneOption();
    const cached = formats.get(name);
    if (cached !== undefined) return cached;
    if (formats.size > MAX_CACHED) formats.clear();
    const format = create(cachedLanguage, name);
    formats.set(name, format);
    return format;
  };
}
