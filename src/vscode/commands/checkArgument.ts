import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { type ArgumentSchema, errorTextFor } from './argumentSchema.ts';
import type { CommandId } from './commandIds.ts';
import { commands } from './commands.ts';

/** What a line of the tree is made of: VS Code hands over the whole line when a command is chosen on it. */
const TREE_NODE_MEMBERS = new Set([
  ...['id', 'label', 'description', 'tooltip', 'icon', 'color', 'spoken', 'context', 'keyId'],
  ...['accountKeyId', 'copyText', 'expanded', 'isParent', 'children'],
]);

/** Refuses what a command does not take, before anything is asked or done. */
export function checkArgument(id: CommandId, argument: unknown): void {
  const { argument: schema } = commands[id];
  if (schema) assertMatchesSchema(id, argument, schema);
}

/**
 * Refuses, with a sentence of what is allowed, an argument that a command does not know: what was asked is not what
 * would be done. Members that are undefined are not there. No sentence holds a value, which may be a secret.
 */
function assertMatchesSchema(command: string, argument: unknown, schema: ArgumentSchema): void {
  const { members, requiresOneOf, exclusive = [], textMeans } = schema;
  if (argument === undefined || argument === null || isTreeNode(argument)) return;
  if (typeof argument === 'string' && textMeans !== undefined) return;
  const names = Object.keys(members).join(', ');
  if (typeof argument !== 'object' || Array.isArray(argument)) {
    throw new Error(l10n.t('{0} takes an object with: {1}.', command, names));
  }
  const definedEntries = Object.entries(argument).filter(([, value]) => value !== undefined);
  const { issues } = v.safeParse(v.partial(v.strictObject(members)), Object.fromEntries(definedEntries));
  if (issues) {
    const name = String(issues[0].path?.[0]?.key ?? '');
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    throw new Error(
      member
        ? errorTextFor(member)(name)
        : l10n.t('{0} knows no “{1}”. It takes: {2}.', command, truncate(name), names),
    );
  }
  const has = (each: string) => definedEntries.some(([there]) => there === each);
  if (definedEntries.length > 0 && requiresOneOf && !requiresOneOf.some(has)) {
    throw new Error(l10n.t('{0} needs “{1}”. It takes: {2}.', command, requiresOneOf.join('” / “'), names));
  }
  for (const group of exclusive) {
    if (group.filter(has).length > 1)
      throw new Error(l10n.t('There may be only one of: {0}.', group.join(', ')));
  }
}

function isTreeNode(argument: unknown): boolean {
  if (typeof argument !== 'object' || argument === null) return false;
  const isOne = 'keyId' in argument || ('spoken' in argument && 'context' in argument);
  return isOne && Object.keys(argument).every(name => TREE_NODE_MEMBERS.has(name));
}

function truncate(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60).toWellFormed()}…` : name;
}
