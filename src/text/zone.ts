/** The option of `Intl` formats for the zone in which all times are shown; empty where it is this process' own. */
let zone: { readonly timeZone?: string } = {};

/**
 * Sets the zone of all times that are shown: a page in a browser shows them as its host does.
 *
 * @param timeZone IANA name or offset (`Asia/Shanghai`, `+08:00`); UTC in place of one that is not known; undefined
 *   for the zone of this process.
 */
export function setDisplayZone(timeZone: string | undefined): void {
  zone = timeZone === undefined ? {} : { timeZone: isKnownZone(timeZone) ? timeZone : 'UTC' };
}

/** The display zone as an option of `Intl` formats. The same object until another zone is set. */
export function displayZoneOption(): { readonly timeZone?: string } {
  return zone;
}

function isKnownZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
