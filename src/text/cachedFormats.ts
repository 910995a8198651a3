import { displayLanguage } from './displayLanguage.ts';
import { inDisplayZone } from './zone.ts';

/** More than there are names; of what is named by a number, more than is on the screen. */
const MOST = 2000;

/**
 * Keeps what `make` returns for each name: `Intl` formats, or texts made by them. To make a format costs a hundred
 * times what using it does. Another display language or zone empties the cache.
 */
export function cachedFormat<Name extends string | number, Format>(
  make: (language: string, name: Name) => Format,
): (name: Name) => Format {
  const formats = new Map<Name, Format>();
  let madeFor = displayLanguage();
  let madeIn = inDisplayZone();
  return name => {
    if (madeFor !== displayLanguage() || madeIn !== inDisplayZone()) formats.clear();
    madeFor = displayLanguage();
    madeIn = inDisplayZone();
    const known = formats.get(name);
    if (known !== undefined) return known;
    if (formats.size > MOST) formats.clear();
    const format = make(madeFor, name);
    formats.set(name, format);
    return format;
  };
}
