import { type ArgumentSchema, flag, text } from '../argumentSchema.ts';

/** A key by its id, alone or as a member. */
export const oneKey: ArgumentSchema = { members: { id: text }, needs: ['id'], alone: 'id' };

/** The same with the yes to a question. */
export const oneKeyAndYes: ArgumentSchema = { ...oneKey, members: { id: text, confirmed: flag } };
