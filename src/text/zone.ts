/** The `timeZone` option of `Intl` formats, for all times that are shown; empty for the zone of this process. */
let zone: { readonly timeZone?: string } = {};

/**
 * Sets the zone of all times that are shown: a page in a browser shows the times of its host's zone.
 *
 * @param timeZone IANA name or offset (`Asia/Shanghai`, `+08:00`); a zone that is not known is replaced by UTC;
 * undefined for the zone of this process.
 */
export function setDisplayZone(timeZone: string | undefined): void {
  zone = timeZone === undefined ? {} : { timeZone: isKnownZone(timeZone) ? timeZone : 'UTC' };
}

/** The display zone as an option of `Intl` formats. The same object until the zone changes. */
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
