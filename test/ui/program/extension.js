// JavaScript, because a development extension is loaded as it is.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource, commands, extensions, LanguageModelTextPart, lm } from 'vscode';

/** @param {import('vscode').ExtensionContext} context */
export function activate(context) {
  context.subscriptions.push(commands.registerCommand('program.activateAndCall', activateAndCall));
  context.subscriptions.push(commands.registerCommand('program.loadEverything', loadEverything));
  context.subscriptions.push(commands.registerCommand('program.useTool', useTool));
}

/**
 * Does what docs/agents-and-extensions.md tells programs to do, with nothing in between.
 * @param {string} command
 */
async function activateAndCall(command) {
  const extension = extensions.getExtension('key-quota.key-quota');
  if (extension?.isActive !== false) throw new Error('Key Quota is active already');
  await extension.activate();
  return commands.executeCommand(command);
}

/**
 * Loads each file of Key Quota that runs in the extension host, as it is installed. Returns their names with why it
 * could not be loaded, or an empty text.
 * @returns {Promise<Record<string, string>>}
 */
async function loadEverything() {
  const extension = extensions.getExtension('key-quota.key-quota');
  if (!extension) throw new Error('Key Quota is not installed');
  await extension.activate();
  const folder = join(extension.extensionPath, 'dist');
  /** @type {Record<string, string>} */
  const troubles = {};
  for (const name of (await readdir(folder)).sort()) {
    // A page of a panel runs in a browser.
    if (!/\.c?js$/.test(name) || /^panel\b/.test(name)) continue;
    troubles[name] = await import(pathToFileURL(join(folder, name)).href).then(
      () => '',
      error => String(error),
    );
  }
  return troubles;
}

/**
 * Asks one of Key Quota's tools, as an agent does.
 * @param {string} name
 * @param {object} input
 */
async function useTool(name, input) {
  const { token } = new CancellationTokenSource();
  const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
  const [part] = content;
  return part instanceof LanguageModelTextPart ? part.value : '';
}
