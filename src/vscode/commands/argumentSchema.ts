import * as l10n from '@vscode/l10n';
import * as v from 'valibot';

/** The sentence that refuses a member, by the member's name. */
type ErrorText = (name: string) => string;

/** The form of each member, by its name. */
export type MemberSchemas = Readonly<Record<string, v.GenericSchema>>;

/** The members of a command that has none. */
export type NoMembers = Readonly<Record<never, v.GenericSchema>>;

/** Members of an argument that have the form their schemas ask for. */
export type Members<Schemas extends MemberSchemas> = {
  readonly [Name in keyof Schemas]?: v.InferOutput<Schemas[Name]>;
};

/** What commands take from the tree line that they are chosen on. */
export type LineProperty = 'keyId' | 'gatewayKeyId' | 'accountKeyId' | 'listedIn' | 'copyText';

/** What a command takes by argument. */
export interface ArgumentSchema<Schemas extends MemberSchemas = MemberSchemas> {
  /** Each may be left out. */
  readonly members: Schemas;
  /** At least one of these is required in an object that has any members. */
  readonly requiresOneOf?: readonly (keyof Schemas & string)[];
  /** An object has at most one member of each of these groups. */
  readonly exclusive?: readonly (readonly (keyof Schemas & string)[])[];
  /** The member that a text stands for, where a text is passed in place of an object. */
  readonly textMeans?: keyof Schemas & string;
  /** The members that are taken from a tree line, each with the property of the line that holds it. */
  readonly fromLine?: { readonly [Name in keyof Schemas & string]?: LineProperty };
}

export const textMember = withErrorText(v.string(), textRequired);
export const textOrNumberMember = withErrorText(v.union([v.string(), v.number()]), textRequired);
export const textListMember = withErrorText(v.array(v.string()), name =>
  l10n.t('“{0}” must be a list of texts.', name),
);
export const booleanMember = withErrorText(v.boolean(), name => l10n.t('“{0}” must be true or false.', name));
export const keyIdsMember = withErrorText(v.union([v.string(), v.array(v.string())]), name =>
  l10n.t('“{0}” must be the ID of a key, a list of them, or “all”.', name),
);

/** A whole number from 1 to `max`. */
export function wholeNumberMember(max: number) {
  return withErrorText(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max)), name =>
    l10n.t('“{0}” must be a whole number from 1 to {1}.', name, max),
  );
}

/** A schema with the sentence that refuses what does not fit it. */
export function withErrorText<Input, Output>(schema: v.GenericSchema<Input, Output>, errorText: ErrorText) {
  return v.pipe(schema, v.metadata({ errorText }));
}

/** The sentence that refuses what does not fit a member's schema. */
export function errorTextFor(schema: v.GenericSchema): ErrorText {
  const { errorText } = v.getMetadata(schema) as { readonly errorText?: ErrorText };
  return errorText ?? textRequired;
}

function textRequired(name: string): string {
  return l10n.t('“{0}” must be a text.', name);
}
