import * as l10n from '@vscode/l10n';
import * as v from 'valibot';

/** What members can be, and how that is said. What is `itself` is read, and refused, by its command. */
const KINDS = {
  itself: { schema: v.unknown(), says: textNeeded },
  text: { schema: v.string(), says: textNeeded },
  textOrNumber: { schema: v.union([v.string(), v.number()]), says: textNeeded },
  texts: {
    schema: v.array(v.string()),
    says: (name: string) => l10n.t('“{0}” has to be a list of texts.', name),
  },
  flag: { schema: v.boolean(), says: (name: string) => l10n.t('“{0}” has to be true or false.', name) },
  keys: {
    schema: v.union([v.string(), v.array(v.string())]),
    says: (name: string) => l10n.t('“{0}” has to be the id of a key, a list of them, or “all”.', name),
  },
  completion: {
    schema: v.strictObject({ key: v.string(), model: v.string() }),
    says: (name: string) =>
      l10n.t('“{0}” has to hold “key”, the id of a key, and “model”, and no more.', name),
  },
};

/** What a command takes by argument. */
export interface ArgumentShape {
  readonly members: Readonly<Record<string, keyof typeof KINDS>>;
  /** One of these has to be there, if anything is. */
  readonly needs?: readonly string[];
  /** Of each of these there may be one. */
  readonly one?: readonly (readonly string[])[];
  /** What a text alone means. */
  readonly alone?: string;
}

/** What a line of the tree is made of: VS Code hands over the whole line when a command is chosen on it. */
const LINE = new Set([
  ...['id', 'label', 'description', 'tooltip', 'icon', 'color', 'spoken', 'context', 'keyId'],
  ...['accountKeyId', 'copyText', 'expanded', 'isParent', 'children'],
]);

/**
 * Refuses, with a sentence of what is allowed, an argument that a command does not know: what was asked is not what
 * would be done. Members that are undefined are not there. No sentence holds a value, which may be a secret.
 */
export function assertKnown(command: string, argument: unknown, shape: ArgumentShape): void {
  const { members, needs, one = [], alone } = shape;
  if (argument === undefined || argument === null || isLine(argument)) return;
  if (typeof argument === 'string' && alone !== undefined) return;
  const names = Object.keys(members).join(', ');
  if (typeof argument !== 'object' || Array.isArray(argument)) {
    throw new Error(l10n.t('{0} takes an object with: {1}.', command, names));
  }
  const given = Object.entries(argument).filter(([, value]) => value !== undefined);
  const { issues } = v.safeParse(schemaOf(members), Object.fromEntries(given));
  const [name, kind] = wrongIn(members, issues?.[0]);
  if (kind) throw new Error(KINDS[kind].says(name));
  if (issues) throw new Error(l10n.t('{0} knows no “{1}”. It takes: {2}.', command, cut(name), names));
  const has = (each: string) => given.some(([there]) => there === each);
  if (given.length > 0 && needs && !needs.some(has)) {
    throw new Error(l10n.t('{0} needs “{1}”. It takes: {2}.', command, needs.join('” / “'), names));
  }
  for (const group of one) {
    if (group.filter(has).length > 1)
      throw new Error(l10n.t('There may be only one of: {0}.', group.join(', ')));
  }
}

function textNeeded(name: string): string {
  return l10n.t('“{0}” has to be a text.', name);
}

function schemaOf(members: ArgumentShape['members']) {
  return v.strictObject(
    Object.fromEntries(
      Object.entries(members).map(([name, kind]) => [name, v.optional<v.GenericSchema>(KINDS[kind].schema)]),
    ),
  );
}

/** The member that an issue is about, and what it has to be; no kind: there is no such member. */
function wrongIn(
  members: ArgumentShape['members'],
  issue: v.BaseIssue<unknown> | undefined,
): readonly [name: string, kind: keyof typeof KINDS | undefined] {
  const name = String(issue?.path?.[0]?.key ?? '');
  return [name, Object.hasOwn(members, name) ? members[name] : undefined];
}

function isLine(argument: unknown): boolean {
  if (typeof argument !== 'object' || argument === null) return false;
  const isOne = 'keyId' in argument || ('spoken' in argument && 'context' in argument);
  return isOne && Object.keys(argument).every(name => LINE.has(name));
}

function cut(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60).toWellFormed()}…` : name;
}
