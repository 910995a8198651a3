import { membersOf } from '../../core/membersOf.ts';

let descriptions: unknown;

/** The setting `keyQuota.describedGateways` as it is, by the names of the gateways. */
export function allDescriptions(): Readonly<Record<string, unknown>> {
  return membersOf(descriptions);
}

/** Sets the descriptions to what the setting says now. */
export function setDescriptions(setting: unknown): void {
  descriptions = setting;
}

/** The description of a name; undefined where there is none. */
export function descriptionOf(name: string): unknown {
  return Object.hasOwn(allDescriptions(), name) ? allDescriptions()[name] : undefined;
}
