import type { Unit } from '../core/quota/unit.ts';
import type { GatewayContext } from './gatewayContext.ts';

/**
 * The currency of a gateway whose answers do not name it: as the user says, else as its host is known for. That of any
 * other host is not known.
 */
export function unitOfHost(
  { baseUrl, unitOverride }: GatewayContext,
  units: ReadonlyMap<string, Unit>,
): Unit {
  const chosen = unitOverride?.unit;
  if (chosen === 'USD' || chosen === 'CNY') return { code: chosen, source: 'setting' };
  const known = baseUrl === undefined ? undefined : units.get(new URL(baseUrl).hostname);
  return known ?? { code: 'UNITS', source: 'default' };
}
