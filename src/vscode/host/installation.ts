import { arch, platform, release } from 'node:os';
import * as vscode from 'vscode';
import { settingEntries } from './settingEntries.ts';
import { isSetTo, readSetting, type SettingName } from './settingValues.ts';

export const EXTENSION_ID = 'key-quota.key-quota';

/**
 * Whether the extension runs on the machine whose files the window shows, `on-remote` where that is another than the
 * user's own, or on the user's own `beside` it.
 */
export function whereWeRun(): 'here' | 'on-remote' | 'beside-remote' {
  if (vscode.env.remoteName === undefined) return 'here';
  return runsInWorkspace() ? 'on-remote' : 'beside-remote';
}

function runsInWorkspace(): boolean {
  const { extensionKind } = vscode.extensions.getExtension(EXTENSION_ID) ?? {};
  return extensionKind !== undefined && extensionKind === vscode.ExtensionKind?.Workspace;
}

/** What runs here, and where, in English, for a report about a fault. Nothing in it names a person or a machine. */
export function installationFacts(): Readonly<Record<string, string>> {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  const { version } = (extension?.packageJSON ?? {}) as { readonly version?: string };
  return {
    'Key Quota': version ?? 'unknown',
    Editor: `${vscode.env.appName} ${vscode.version} (${vscode.env.appHost})`,
    Remote: remoteKind(),
    'Runs as': runsInWorkspace() ? 'workspace extension' : 'UI extension',
    System: `${platform()} ${release()} ${arch()}`,
    'Node.js': process.versions.node,
    Language: vscode.env.language,
  };
}

/** The values of `remoteName` that are kinds of connection; in a browser it is a host name. */
const REMOTE_KINDS = /^(?:ssh-remote|wsl|tunnel|codespaces|(?:dev|attached|k8s)-container)$/;

function remoteKind(): string {
  const name = vscode.env.remoteName;
  return name === undefined || REMOTE_KINDS.test(name) ? (name ?? 'none') : 'another host';
}

/** The settings that the user changed, in the order in which they are defined. */
export function changedSettings(): readonly { readonly name: string; readonly value: unknown }[] {
  const names = Object.keys(settingEntries) as SettingName[];
  return names.flatMap(name => (isSetTo(name, undefined) ? [] : [{ name, value: readSetting(name) }]));
}
