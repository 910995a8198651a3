// JavaScript, because a development extension is loaded as it is.
import { commands, extensions } from 'vscode';

/** @param {import('vscode').ExtensionContext} context */
export function activate(context) {
  context.subscriptions.push(commands.registerCommand('program.activateAndCall', activateAndCall));
}

/**
 * Does what README tells programs to do, with nothing in between.
 * @param {string} command
 */
async function activateAndCall(command) {
  const extension = extensions.getExtension('key-quota.key-quota');
  if (extension?.isActive !== false) throw new Error('Key Quota is active already');
  await extension.activate();
  return commands.executeCommand(command);
}
