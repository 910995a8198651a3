/** What can be wrong with a gateway that the user describes: a closed set, each with a sentence. */
export const DESCRIPTION_MISTAKES = [
  // The whole, and its members.
  'bad-name',
  'no-members',
  'unknown-member',
  'missing',
  'not-text',
  'not-number',
  'not-choice',
  'not-list',
  'too-many',
  'needless',
  'no-figures',
  'no-limit',
  'holds-secret',
  'not-address',
  // The path that is asked.
  'not-path',
  'other-host',
  'changes-something',
  // Paths within the answer.
  'not-json-path',
  'with-function',
  'too-broad',
  'too-long',
] as const;

export type DescriptionMistake = (typeof DESCRIPTION_MISTAKES)[number];

/** What can stand where a description looks for a figure. */
export type FoundType = 'nothing' | 'null' | 'text' | 'list' | 'object' | 'flag' | 'several' | 'number';

/** Why a description brings no figures: for a failure, in place of words that depend on the language. */
export interface DescriptionTrouble {
  /** What the user calls the gateway. */
  readonly name: string;
  /** Which member of the description it is about: `remaining`, `windows[0].used`. */
  readonly at?: string;
  readonly mistake?: DescriptionMistake;
  readonly found?: FoundType;
}
