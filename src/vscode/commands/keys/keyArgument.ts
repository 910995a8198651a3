import { type ArgumentSchema, booleanMember, type MemberSchemas, textMember } from '../argumentSchema.ts';

/** A key by its id: as a text, a member or a tree line. */
export const keyArgument = keyArgumentWith({});

/** The same with `confirmed`, which answers the question that a person would be asked. */
export const confirmedKeyArgument = keyArgumentWith({ confirmed: booleanMember });

/** A key by its id, or a gateway by the id of any key of it: the lines of both have what takes this. */
export const keyOrGatewayArgument = {
  members: { id: textMember, gatewayKey: textMember },
  requiresOneOf: ['id'],
  textMeans: 'id',
  fromLine: { id: 'keyId', gatewayKey: 'gatewayKeyId' },
} as const satisfies ArgumentSchema<{
  readonly id: typeof textMember;
  readonly gatewayKey: typeof textMember;
}>;

/** A key by its id, and other members. */
export function keyArgumentWith<const Schemas extends MemberSchemas>(others: Schemas) {
  return {
    members: { id: textMember, ...others },
    requiresOneOf: ['id'],
    textMeans: 'id',
    fromLine: { id: 'keyId' },
  } as const satisfies ArgumentSchema<{ readonly id: typeof textMember }>;
}
