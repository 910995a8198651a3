import * as vscode from 'vscode';
import { settingEntries } from './settingEntries.ts';

/** What all settings of the extension begin with. */
export const SECTION = 'keyQuota';

type Entries = typeof settingEntries;
export type SettingName = keyof Entries;
type NamesOf<Schema> = { [Name in SettingName]: Entries[Name] extends Schema ? Name : never }[SettingName];
type Choices = { readonly enum: readonly string[]; readonly default: string };

/*
 * VS Code hands on whatever a settings file says, so each reader makes the best of what is there: the default stands
 * in for values of another type.
 */

/** Whatever is set, else the default. */
export function readSetting(name: SettingName): unknown {
  return configuration().get<unknown>(name, settingEntries[name].default);
}

/** A number, out of range the nearest bound. */
export function readNumber(name: NamesOf<{ readonly minimum: number; readonly maximum: number }>): number {
  const { default: usual, ...bounds } = settingEntries[name];
  const value = readSetting(name);
  return isNumber(value) ? within(bounds, value) : usual;
}

/** Yes or no. */
export function readFlag(name: NamesOf<{ readonly type: 'boolean' }>): boolean {
  const value = readSetting(name);
  return typeof value === 'boolean' ? value : settingEntries[name].default;
}

/** One of the values that the setting offers. */
export function readChoice<Name extends NamesOf<Choices>>(name: Name): Entries[Name]['enum'][number] {
  const { enum: choices, default: usual }: Choices = settingEntries[name];
  const value = readSetting(name);
  return (choices.find(choice => choice === value) ?? usual) as Entries[Name]['enum'][number];
}

export function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** The number itself, or the bound that is nearest to it. */
export function within(
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  value: number,
): number {
  return Math.min(maximum, Math.max(minimum, value));
}

/** Writes a setting down for all windows; undefined takes it back. */
export async function writeSetting(name: SettingName, value: unknown): Promise<void> {
  await configuration().update(name, value, vscode.ConfigurationTarget.Global);
}

/** What the user set, whatever the default is. */
export function isSetTo(name: SettingName, value: unknown): boolean {
  return configuration().inspect<unknown>(name)?.globalValue === value;
}

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration(SECTION);
}
