import { type ArgumentSchema, booleanMember, textMember } from '../argumentSchema.ts';

/** A key by its id, alone or as a member. */
export const keyArgument: ArgumentSchema = {
  members: { id: textMember },
  requiresOneOf: ['id'],
  textMeans: 'id',
};

/** The same with the yes to a question. */
export const confirmedKeyArgument: ArgumentSchema = {
  ...keyArgument,
  members: { id: textMember, confirmed: booleanMember },
};
