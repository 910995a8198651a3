import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import {
  type ArgumentSchema,
  errorTextFor,
  type LineProperty,
  type MemberSchemas,
  type Members,
} from './argumentSchema.ts';

/** What a command was run with, in the form that its schema asks for. */
export interface CommandInput<Schemas extends MemberSchemas = MemberSchemas> {
  /** Taken from an object, a text or a tree line; empty where a person chose the command in the palette. */
  readonly members: Members<Schemas>;
  /** Whether an object with members was handed over: it says all, so nothing more is asked. */
  readonly isObject: boolean;
}

/** The members of a tree line: VS Code hands over the whole line when a command is chosen on it. */
const TREE_NODE_MEMBERS = new Set([
  ...['id', 'label', 'description', 'tooltip', 'icon', 'color', 'spoken', 'context', 'keyId'],
  ...['gatewayKeyId', 'accountKeyId', 'listedIn', 'copyText', 'expanded', 'isParent', 'children'],
]);

/**
 * Parses a command's argument, before anything is asked or done. Members that are undefined count as absent.
 * @throws a sentence that says what is allowed. A command that ignored a member would do something else than it was
 * asked for. No sentence contains a value, which may be a secret.
 */
export function parseArgument<Schemas extends MemberSchemas>(
  command: string,
  schema: ArgumentSchema<Schemas> | undefined,
  argument: unknown,
): CommandInput<Schemas> {
  if (argument === undefined || argument === null || !schema) return { members: {}, isObject: false };
  if (isTreeNode(argument)) return { members: membersFromLine(schema, argument), isObject: false };
  const { textMeans } = schema;
  if (typeof argument === 'string' && textMeans !== undefined) {
    return { members: parseMembers(command, schema, { [textMeans]: argument }), isObject: false };
  }
  const members = parseMembers(command, schema, argument);
  return { members, isObject: Object.keys(members).length > 0 };
}

/** A property of the line that is not a text counts as absent. */
function membersFromLine<Schemas extends MemberSchemas>(
  { fromLine = {} }: ArgumentSchema<Schemas>,
  line: Readonly<Record<string, unknown>>,
): Members<Schemas> {
  const entries = Object.entries<LineProperty | undefined>(fromLine).map(
    ([name, property]) => [name, property && line[property]] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string')) as Members<Schemas>;
}

function parseMembers<Schemas extends MemberSchemas>(
  command: string,
  { members, requiresOneOf, exclusive = [] }: ArgumentSchema<Schemas>,
  argument: unknown,
): Members<Schemas> {
  const names = Object.keys(members).join(', ');
  if (typeof argument !== 'object' || argument === null || Array.isArray(argument)) {
    throw new Error(l10n.t('{0} takes an object with: {1}.', command, names));
  }
  const definedEntries = Object.entries(argument).filter(([, value]) => value !== undefined);
  const { issues, output } = v.safeParse(
    v.partial(v.strictObject(members)),
    Object.fromEntries(definedEntries),
  );
  if (issues) {
    const name = String(issues[0].path?.[0]?.key ?? '');
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    throw new Error(
      member
        ? errorTextFor(member)(name)
        : l10n.t('{0} has no member “{1}”. It takes: {2}.', command, truncate(name), names),
    );
  }
  const has = (name: string) => definedEntries.some(([defined]) => defined === name);
  if (definedEntries.length > 0 && requiresOneOf && !requiresOneOf.some(has)) {
    throw new Error(l10n.t('{0} needs “{1}”. It takes: {2}.', command, requiresOneOf.join('” / “'), names));
  }
  for (const group of exclusive) {
    if (group.filter(has).length > 1)
      throw new Error(l10n.t('There may be only one of: {0}.', group.join(', ')));
  }
  return output as Members<Schemas>;
}

function isTreeNode(argument: unknown): argument is Readonly<Record<string, unknown>> {
  if (typeof argument !== 'object' || argument === null) return false;
  const hasNodeMembers = 'keyId' in argument || ('spoken' in argument && 'context' in argument);
  return hasNodeMembers && Object.keys(argument).every(name => TREE_NODE_MEMBERS.has(name));
}

function truncate(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60).toWellFormed()}…` : name;
}
