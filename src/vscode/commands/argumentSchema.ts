import * as l10n from '@vscode/l10n';
import * as v from 'valibot';

/** A sentence that says what a member has to be. */
type Refusal = (name: string) => string;

/** What a command takes by argument. */
export interface ArgumentSchema {
  /** Each may be left out. Those of the kind `read` are read, and refused, by the command itself. */
  readonly members: Readonly<Record<string, v.GenericSchema>>;
  /** One of these has to be there, if anything is. */
  readonly needs?: readonly string[];
  /** Of each of these there may be one. */
  readonly one?: readonly (readonly string[])[];
  /** What a text alone means. */
  readonly alone?: string;
}

export const read = v.unknown();
export const text = refusedBy(v.string(), textNeeded);
export const textOrNumber = refusedBy(v.union([v.string(), v.number()]), textNeeded);
export const texts = refusedBy(v.array(v.string()), name => l10n.t('“{0}” has to be a list of texts.', name));
export const flag = refusedBy(v.boolean(), name => l10n.t('“{0}” has to be true or false.', name));
export const keys = refusedBy(v.union([v.string(), v.array(v.string())]), name =>
  l10n.t('“{0}” has to be the id of a key, a list of them, or “all”.', name),
);
export const completion = refusedBy(v.strictObject({ key: v.string(), model: v.string() }), name =>
  l10n.t('“{0}” has to hold “key”, the id of a key, and “model”, and no more.', name),
);

/** A schema with the sentence by which what does not fit it is refused. */
function refusedBy<Input, Output>(schema: v.GenericSchema<Input, Output>, refusal: Refusal) {
  return v.pipe(schema, v.metadata({ refusal }));
}

/** The sentence that refuses what does not fit a member's schema. */
export function refusalOf(schema: v.GenericSchema): Refusal {
  const { refusal } = v.getMetadata(schema) as { readonly refusal?: Refusal };
  return refusal ?? textNeeded;
}

function textNeeded(name: string): string {
  return l10n.t('“{0}” has to be a text.', name);
}
