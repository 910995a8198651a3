import { arch, platform, release } from 'node:os';
import * as vscode from 'vscode';
import { settingEntries } from './settingEntries.ts';
import { isSetTo, readSetting, type SettingName } from './settingValues.ts';

export const EXTENSION_ID = 'key-quota.key-quota';

/** What runs here, and where, in English, for a report about a fault. Nothing in it names a person or a machine. */
export function installationFacts(): Readonly<Record<string, string>> {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  const { version } = (extension?.packageJSON ?? {}) as { readonly version?: string };
  return {
    'Key Quota': version ?? 'unknown',
    Editor: `${vscode.env.appName} ${vscode.version} (${vscode.env.appHost})`,
    // For SSH, `remoteName` is the kind of the connection, not the host.
    Remote: vscode.env.remoteName ?? 'none',
    'Runs as':
      extension?.extensionKind === vscode.ExtensionKind?.Workspace ? 'workspace extension' : 'UI extension',
    System: `${platform()} ${release()} ${arch()}`,
    'Node.js': process.versions.node,
    Language: vscode.env.language,
  };
}

/** The settings that the user changed, in the order in which they are defined. */
export function changedSettings(): readonly { readonly name: string; readonly value: unknown }[] {
  const names = Object.keys(settingEntries) as SettingName[];
  return names.flatMap(name => (isSetTo(name, undefined) ? [] : [{ name, value: readSetting(name) }]));
}
