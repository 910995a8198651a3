/** How `Intl` is told of the zone in which all times are shown; nothing where it is this process' own. */
let zone: { readonly timeZone?: string } = {};

/**
 * Makes all times be shown in another zone than this process': a page in a browser shows them as its host does.
 * Undefined: in its own again.
 */
export function showIn(timeZone: string | undefined): void {
  zone = timeZone === undefined ? {} : { timeZone: isKnown(timeZone) ? timeZone : 'UTC' };
}

/** For the options of a format. The same object until another zone is chosen. */
export function inDisplayZone(): { readonly timeZone?: string } {
  return zone;
}

function isKnown(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
