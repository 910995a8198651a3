import * as l10n from '@vscode/l10n';
import * as v from 'valibot';

/** A sentence that says what a member has to be. */
type ErrorText = (name: string) => string;

/** What a command takes by argument. */
export interface ArgumentSchema {
  /** Each may be left out. Those of the kind `read` are read, and refused, by the command itself. */
  readonly members: Readonly<Record<string, v.GenericSchema>>;
  /** One of these has to be there, if anything is. */
  readonly requiresOneOf?: readonly string[];
  /** Of each of these there may be one. */
  readonly exclusive?: readonly (readonly string[])[];
  /** What a text alone means. */
  readonly textMeans?: string;
}

export const anyValue = v.unknown();
export const textMember = withErrorText(v.string(), textRequired);
export const textOrNumberMember = withErrorText(v.union([v.string(), v.number()]), textRequired);
export const textListMember = withErrorText(v.array(v.string()), name =>
  l10n.t('“{0}” has to be a list of texts.', name),
);
export const booleanMember = withErrorText(v.boolean(), name =>
  l10n.t('“{0}” has to be true or false.', name),
);
export const keyIdsMember = withErrorText(v.union([v.string(), v.array(v.string())]), name =>
  l10n.t('“{0}” has to be the id of a key, a list of them, or “all”.', name),
);
export const completionMember = withErrorText(v.strictObject({ key: v.string(), model: v.string() }), name =>
  l10n.t('“{0}” has to hold “key”, the id of a key, and “model”, and no more.', name),
);

/** A schema with the sentence by which what does not fit it is refused. */
function withErrorText<Input, Output>(schema: v.GenericSchema<Input, Output>, refusal: ErrorText) {
  return v.pipe(schema, v.metadata({ refusal }));
}

/** The sentence that refuses what does not fit a member's schema. */
export function errorTextFor(schema: v.GenericSchema): ErrorText {
  const { refusal } = v.getMetadata(schema) as { readonly refusal?: ErrorText };
  return refusal ?? textRequired;
}

function textRequired(name: string): string {
  return l10n.t('“{0}” has to be a text.', name);
}
