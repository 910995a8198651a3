import { commands } from 'vscode';

/** @param {import('vscode').ExtensionContext} context */
export function activate(context) {
  context.subscriptions.push(commands.registerCommand('trivial.nothing', () => undefined));
}
