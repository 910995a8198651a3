import * as vscode from 'vscode';
import { settingEntries } from './settingEntries.ts';

/** The prefix of all settings of the extension. */
export const SECTION = 'keyQuota';

type Entries = typeof settingEntries;
export type SettingName = keyof Entries;
type NamesOf<Schema> = { [Name in SettingName]: Entries[Name] extends Schema ? Name : never }[SettingName];
type Choices = { readonly enum: readonly string[]; readonly default: string };

/**
 * VS Code passes on whatever is in a settings file, so each function here checks it: a value of another type is
 * replaced by the default.
 */

/** Whatever is set, else the default. */
export function readSetting(name: SettingName): unknown {
  return configuration().get<unknown>(name, settingEntries[name].default);
}

/** A number; one that is out of range becomes the nearest bound. */
export function readNumber(name: NamesOf<{ readonly minimum: number; readonly maximum: number }>): number {
  const { default: usual, ...bounds } = settingEntries[name];
  const value = readSetting(name);
  return isNumber(value) ? clampToBounds(bounds, value) : usual;
}

/** Yes or no. */
export function readFlag(name: NamesOf<{ readonly type: 'boolean' }>): boolean {
  const value = readSetting(name);
  return typeof value === 'boolean' ? value : settingEntries[name].default;
}

/** A text; one that is longer than the setting allows is cut. */
export function readText(name: NamesOf<{ readonly type: 'string'; readonly maxLength: number }>): string {
  const { default: usual, maxLength } = settingEntries[name];
  const value = readSetting(name);
  return typeof value === 'string' ? value.slice(0, maxLength) : usual;
}

/** One of the values that the setting allows. */
export function readChoice<Name extends NamesOf<Choices>>(name: Name): Entries[Name]['enum'][number] {
  const { enum: choices, default: usual }: Choices = settingEntries[name];
  const value = readSetting(name);
  return (choices.find(choice => choice === value) ?? usual) as Entries[Name]['enum'][number];
}

/** Whether a value is a finite number. */
export function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** The number itself, or the bound that is nearest to it. */
export function clampToBounds(
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  value: number,
): number {
  return Math.min(maximum, Math.max(minimum, value));
}

/** Writes a setting for all windows; undefined removes it. */
export async function writeSetting(name: SettingName, value: unknown): Promise<void> {
  await configuration().update(name, value, vscode.ConfigurationTarget.Global);
}

/** Whether the user set this value, whatever the default is. */
export function isSetTo(name: SettingName, value: unknown): boolean {
  return configuration().inspect<unknown>(name)?.globalValue === value;
}

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration(SECTION);
}

/** Whether the user has set where an extension runs, by the editor's own setting. */
export function isPlaceChosenFor(extensionId: string): boolean {
  const chosen: unknown = vscode.workspace.getConfiguration('remote').get('extensionKind');
  return typeof chosen === 'object' && chosen !== null && extensionId in chosen;
}
