import { displayLanguage } from './displayLanguage.ts';
import { displayZoneOption } from './zone.ts';

/** More than there are names; of what is named by a number, more than is on the screen. */
const MAX_CACHED = 2000;

/**
 * Keeps what `make` returns for each name: `Intl` formats, or texts made by them. To make a format costs a hundred
 * times what using it does. Another display language or zone empties the cache.
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
