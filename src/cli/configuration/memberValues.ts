import * as v from 'valibot';

// What members of `key-quota.json` may hold, and what is said of a wrong one. No message repeats a value: it may be a
// secret in the wrong place.

export const NOT_TEXT = 'This must be a text in quotes, and not empty.';
export const NOT_NUMBER = 'This must be a number.';
export const NOT_ACCOUNT = 'This must be the number of the account, in quotes.';
export const NOT_LIST = 'This must be a list in [ ].';
export const NOT_OBJECT = 'This must be an object in { }.';

/** A text that is not empty. */
export const text = (description: string) =>
  v.pipe(v.string(NOT_TEXT), v.nonEmpty(NOT_TEXT), v.description(description));

/** A number between two bounds, both included. */
export const within = (least: number, most: number, description: string) => {
  const message = `This must be from ${least} to ${most}.`;
  return v.pipe(
    v.number(NOT_NUMBER),
    v.minValue(least, message),
    v.maxValue(most, message),
    v.description(description),
  );
};

/** One of some words. */
export const oneOf = <const Words extends readonly string[]>(words: Words, description: string) =>
  v.pipe(v.picklist(words, `This must be one of: ${words.join(', ')}.`), v.description(description));
