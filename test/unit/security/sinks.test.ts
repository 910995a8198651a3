import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';

const sources = globSync('src/**/*.ts')
  // What runs in a webview has no secret and no way out but messages.
  .filter(file => !file.startsWith('src/panel/'))
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
    // All take from `src/host/window.ts`, and so nothing but what was made fit to be shown.
    [
      'src/host/messages.ts',
      'src/host/window.ts',
      'src/host/forms.ts',
      'src/host/progress.ts',
      'src/commands/cancellable.ts',
      'src/commands/chooseStatusBarStyle.ts',
      'src/commands/findKeyForModel.ts',
      'src/commands/liveList.ts',
    ],
  ],
  'log channels': [/createOutputChannel|createLogger|appendLine\(/, ['src/host/log.ts']],
  'the console': [/\bconsole\.|process\.(?:stdout|stderr|emitWarning)|\bdebuglog\b/, []],
  files: [
    /\b(?:writeFile|appendFile|createWriteStream|writeSync|writeFileSync)\(/,
    ['src/host/files.ts', 'src/host/saveText.ts'],
  ],
  documents: [/openTextDocument\(|applyEdit\(|insertSnippet\(/, ['src/commands/offerText.ts']],
  webviews: [/postMessage\(|webview\.html\s*=/, ['src/views/panelShell.ts']],
  'the clipboard': [/clipboard\.(?:writeText|readText)/, ['src/host/clipboard.ts']],
  'the status bar': [/createStatusBarItem\(/, ['src/host/window.ts', 'src/views/statusBar.ts']],
  trees: [/new vscode\.TreeItem\(/, ['src/views/tree.ts']],
  'answers to agents': [/LanguageModelTextPart\(/, ['src/tools/useTool.ts']],
  'answers of commands': [/registerCommand\(/, ['src/extension.ts']],
  'other programs': [
    /child_process|openExternal\(|createTerminal\(|\bsendText\(|new WebSocket|node:net|node:dgram/,
    [],
  ],
  requests: [
    /\bfetch\(|undiciFetch\(|\brequest\(|node:https?'|getBuiltinModule/,
    ['src/http/send.ts', 'src/http/ownRoute.ts'],
  ],
  'what VS Code keeps': [/globalState|workspaceState|setKeysForSync/, []],
  telemetry: [/telemetry|sendTelemetryEvent/i, []],
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
    'src/host/shownText.ts',
    'src/host/log.ts',
    'src/host/fileText.ts',
    'src/host/clipboard.ts',
    'src/commands/offerText.ts',
    'src/commands/runClean.ts',
    'src/views/panelShell.ts',
    'src/views/statusBar.ts',
    'src/views/tree.ts',
    'src/tools/useTool.ts',
    'src/monitor/inquiry.ts',
    'src/monitor/siteCache.ts',
  ];
  for (const file of REDACTING) {
    it(`${file} redacts`, () => {
      const code = sources.find(each => each.file === file)?.code ?? '';
      assert.match(code, /redactor\.(?:redact|clean|cleanError)\(|\bshown(?:All)?\(/);
    });
  }

  it('pages show texts as text: nothing in them makes markup or code of one', () => {
    const pages = globSync('src/panel/**/*.ts').map(file => ({ file, code: readFileSync(file, 'utf8') }));
    assert.ok(pages.length > 10);
    const MARKUP =
      /innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|unsafeHTML|srcdoc|DOMParser|createContextualFragment|\beval\(|new Function\(|\.(?:href|src|action)\s*=/;
    for (const { file, code } of pages)
      assert.equal(MARKUP.exec(withoutComments(code))?.[0], undefined, file);
  });

  it('all commands are run by way of the one that redacts their answers and errors', () => {
    const code = sources.find(({ file }) => file === 'src/commands/desk.ts')?.code ?? '';
    assert.match(code, /run: \([^)]*\) =>\s*runClean\(/);
  });

  it('there is one redactor', () => {
    const making = sources.filter(({ code }) => code.includes('new Redactor(')).map(({ file }) => file);
    assert.deepEqual(making, ['src/http/redact.ts']);
  });

  it('secrets are in the hands of few', () => {
    // The table of arguments only names the member that one comes in.
    const HOLDERS =
      /^src\/(?:host|http|core\/input)\/|^src\/monitor\/|^src\/commands\/(?:addKey|addKeyArgument|arguments|replaceSecret|keyForm|keyLink)\.ts$/;
    const using = sources.filter(({ code }) => /\.secret\b|\bsecret[,:)]/.test(code)).map(({ file }) => file);
    assert.deepEqual(
      using.filter(file => !HOLDERS.test(file)),
      [],
    );
  });
});
