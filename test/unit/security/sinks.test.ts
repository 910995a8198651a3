import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';

const sources = globSync('src/**/*.ts')
  // What runs in a webview has no secret and no way out but messages.
  .filter(file => !file.startsWith('src/webview/'))
  .map(file => ({ file, code: withoutComments(readFileSync(file, 'utf8')) }));

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/**
 * Every way by which text leaves the extension, and the files that may use it: each redacts what goes through
 * it. A new way, or a new place for one of these, is a decision to be made here.
 */
const SINKS: Readonly<Record<string, readonly [pattern: RegExp, places: readonly string[]]>> = {
  'texts on the screen': [
    /\bshow(?:Information|Warning|Error)Message\b|\.(?:showQuickPick|createQuickPick|showInputBox|createInputBox|withProgress|setStatusBarMessage)\b/,
    // All take from `src/vscode/host/window.ts`, and so nothing but what was made fit to be shown.
    [
      'src/vscode/host/messages.ts',
      'src/vscode/host/window.ts',
      'src/vscode/host/forms.ts',
      'src/vscode/host/backForms.ts',
      'src/vscode/host/typedList.ts',
      'src/vscode/host/progress.ts',
      'src/vscode/commands/withCancellableProgress.ts',
      'src/vscode/commands/chooseStatusBarStyle.ts',
      'src/vscode/commands/keys/askModelName.ts',
      'src/vscode/commands/liveList.ts',
    ],
  ],
  'log channels': [/createOutputChannel|createLogger|appendLine\(/, ['src/vscode/host/log.ts']],
  'the console': [
    /\bconsole\.|process\.(?:stdout|stderr|emitWarning)(?!\.isTTY\b)|\bdebuglog\b/,
    // The second gives standard output to the protocol of agents, whose answers it redacts.
    ['src/cli/output.ts', 'src/cli/mcp/mcpCommand.ts'],
  ],
  files: [
    /\b(?:writeFile|appendFile|createWriteStream|writeSync|writeFileSync)\(/,
    // The last writes the salt that a server made.
    ['src/vscode/host/files.ts', 'src/vscode/host/saveText.ts', 'src/cli/serve/salt.ts'],
  ],
  documents: [/openTextDocument\(|applyEdit\(|insertSnippet\(/, ['src/vscode/commands/offerDocument.ts']],
  webviews: [
    /postMessage\(|webview\.html\s*=/,
    // The second hands an encrypted file, or an opened one, back to the thread that asked for it.
    ['src/vscode/panels/panelShell.ts', 'src/vscode/host/passphraseWorker.ts'],
  ],
  'the clipboard': [/clipboard\.(?:writeText|readText)/, ['src/vscode/host/clipboard.ts']],
  'the status bar': [
    /createStatusBarItem\(/,
    ['src/vscode/host/window.ts', 'src/vscode/statusBar/statusBar.ts'],
  ],
  trees: [/new vscode\.TreeItem\(/, ['src/vscode/tree/tree.ts']],
  'answers to agents': [/LanguageModelTextPart\(/, ['src/vscode/tools/useTool.ts']],
  'answers of commands': [/registerCommand\(/, ['src/vscode/extension.ts']],
  'other programs': [
    /child_process|openExternal\(|createTerminal\(|\bsendText\(|new WebSocket|(?<!import type [^;]*')node:net|node:dgram/,
    // The first opens addresses that have no secret in them, the second compares numeric ones and opens none.
    ['src/vscode/host/browser.ts', 'src/http/environmentProxy.ts'],
  ],
  requests: [
    /\bfetch\(|undiciFetch\(|\brequest\(|node:https?'|getBuiltinModule/,
    // What the last three import is the server's half of it.
    [
      'src/http/send.ts',
      'src/http/customRoute.ts',
      'src/cli/serve/startServer.ts',
      'src/cli/serve/http/answer.ts',
      'src/cli/serve/http/boundedServer.ts',
      'src/cli/serve/http/router.ts',
    ],
  ],
  // Redacted as a whole by the second before the first posts it.
  'messages to a webhook': [
    /new WebhookDelivery\(|webhookBody\(|hidePath: true/,
    [
      'src/services/warnings/webhookDelivery.ts',
      'src/services/warnings/webhookForms.ts',
      'src/vscode/notifications/webhook.ts',
    ],
  ],
  // Digests of the names of keys and models, by which these find their colors again; that a hint was shown.
  'what VS Code keeps': [
    /globalState(?!\.json)|workspaceState|setKeysForSync/,
    ['src/vscode/panels/seriesColors.ts', 'src/vscode/notifications/remoteHint.ts'],
  ],
  // Metrics for the collector that whoever runs a server names; labels are redacted there.
  telemetry: [/telemetry|sendTelemetryEvent/i, ['src/cli/serve/otlp/otlpMessages.ts']],
};

describe('ways out of the extension', () => {
  for (const [sink, [pattern, places]] of Object.entries(SINKS)) {
    it(`${sink}: only where they are redacted`, () => {
      const using = sources.filter(({ code }) => pattern.test(code)).map(({ file }) => file);
      assert.deepEqual(
        using.filter(file => !places.includes(file)),
        [],
      );
    });
  }

  /** Places that redact by calling the choke point themselves. */
  const REDACTING = [
    'src/cli/output.ts',
    'src/vscode/host/shownText.ts',
    'src/vscode/host/log.ts',
    'src/vscode/host/fileText.ts',
    'src/vscode/host/clipboard.ts',
    'src/vscode/commands/offerDocument.ts',
    'src/vscode/commands/redactResult.ts',
    'src/vscode/panels/panelShell.ts',
    'src/vscode/statusBar/statusBar.ts',
    'src/vscode/tree/tree.ts',
    'src/vscode/tools/useTool.ts',
    'src/services/requests/askGateway.ts',
    'src/vscode/notifications/webhook.ts',
    'src/services/requests/siteCache.ts',
  ];
  for (const file of REDACTING) {
    it(`${file} redacts`, () => {
      const code = sources.find(each => each.file === file)?.code ?? '';
      assert.match(code, /redactor\.(?:redact|redactValue|redactError)\(|\bshown(?:All)?\(/);
    });
  }

  it('pages show texts as text: nothing in them makes markup or code of one', () => {
    const pages = globSync('src/webview/**/*.ts').map(file => ({ file, code: readFileSync(file, 'utf8') }));
    assert.ok(pages.length > 10);
    const MARKUP =
      /innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|unsafe[A-Z]\w*|static-html|templateContent|srcdoc|DOMParser|createContextualFragment|\beval\(|new Function\(|\.(?:href|src|action)\s*=/;
    // In a template, with or without what lit writes before a name.
    const LOADING = /[\s.?](?:on\w+|style|src\w*|href|action|formaction)=/i;
    for (const { file, code } of pages) {
      assert.equal(MARKUP.exec(withoutComments(code))?.[0], undefined, file);
      assert.equal(LOADING.exec(withoutComments(code))?.[0], undefined, file);
    }
  });

  it('all commands are run by way of the one that redacts their answers and errors', () => {
    const code = sources.find(({ file }) => file === 'src/vscode/commands/runCommand.ts')?.code ?? '';
    assert.match(code, /return redactResult\(/);
  });

  it('there is one redactor', () => {
    const making = sources.filter(({ code }) => code.includes('new Redactor(')).map(({ file }) => file);
    assert.deepEqual(making, ['src/redaction/redactor.ts']);
  });

  it('secrets are in the hands of few', () => {
    // The table of arguments only names the member that one comes in.
    const HOLDERS =
      /^src\/(?:vscode\/host|cli\/(?:configuration|serve)|http|redaction|services|core\/(?:input|ports|team))\/|^src\/gateways\/newApi\/listedSecrets\.ts$|^src\/vscode\/commands\/(?:keys\/)?(?:addKey|add\/\w+|addKeyArgument|arguments|describe\/describeByForm|replaceSecret|keyForm|importForm|importTicks|accountKeysForm|importQuestions|keyLink)\.ts$/;
    const using = sources.filter(({ code }) => /\.secret\b|\bsecret[,:)]/.test(code)).map(({ file }) => file);
    assert.deepEqual(
      using.filter(file => !HOLDERS.test(file)),
      [],
    );
  });
});
