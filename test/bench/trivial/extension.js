const { commands } = require('vscode');

/** @param {import('vscode').ExtensionContext} context */
exports.activate = context => {
  context.subscriptions.push(commands.registerCommand('trivial.nothing', () => undefined));
};
