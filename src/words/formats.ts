import { locale } from './l10n.ts';

/**
 * Formats in the display language, by name. Making one costs a hundred times what using it does, so each is
 * made once; another display language makes them anew.
 */
export function kept<Name extends string, Format>(
  make: (language: string, name: Name) => Format,
): (name: Name) => Format {
  const formats = new Map<Name, Format>();
  let madeFor = locale();
  return name => {
    if (madeFor !== locale()) formats.clear();
    madeFor = locale();
    const format = formats.get(name) ?? make(madeFor, name);
    formats.set(name, format);
    return format;
  };
}
