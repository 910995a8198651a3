import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { redactor } from '../../redaction/redactor.ts';
import { areFiguresHidden } from '../../text/hiddenFigures.ts';
import type { LanguageMessage } from '../../text/languageMessage.ts';
import { displayZone } from '../../text/zoneName.ts';
import { packedTexts } from '../host/packedTexts.ts';
import { onSettingsChange } from '../host/settings.ts';
import { type ShownText, shown } from '../host/shownText.ts';
import { textLanguage } from '../host/textLanguage.ts';
import { panelHtml } from './panelHtml.ts';
import { type PanelName, viewTypeOf } from './panelNames.ts';

export interface PanelShellOptions<Message> {
  readonly extensionUri: vscode.Uri;
  readonly page: PanelName;
  readonly title: () => string;
  /** Messages of the page that do not match are ignored. */
  readonly schema: v.GenericSchema<unknown, Message>;
  readonly onMessage: (message: Message) => void;
  readonly onClose: () => void;
}

/**
 * One webview panel in the editor area: created when it is first shown, restored after a reload. It stays open when the
 * extension stops, because VS Code restores only open panels.
 */
export class PanelShell<Request, Message extends { readonly type: string }> {
  readonly #options: PanelShellOptions<Request>;
  #panel: vscode.WebviewPanel | undefined;

  constructor(options: PanelShellOptions<Request>) {
    this.#options = options;
  }

  /** Shows the panel, and sends `message` if its page is loaded already; a new page asks for it. */
  reveal(message: Message): void {
    if (this.#panel) {
      this.#panel.reveal();
      // It may show something else by now.
      this.#panel.title = this.#title;
      this.post(message);
      return;
    }
    this.#setUp(
      vscode.window.createWebviewPanel(
        viewTypeOf(this.#options.page),
        this.#title,
        vscode.ViewColumn.Active,
        {
          enableFindWidget: true,
          ...this.#webviewOptions,
        },
      ),
    );
  }

  /** Whether the page is on the screen. */
  get isVisible(): boolean {
    return this.#panel?.visible ?? false;
  }

  /** Takes over the panel that VS Code restored after a reload. A second one would show the same, so it is closed. */
  adopt(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#setUp(panel);
  }

  /** Sends a message to the page. A hidden page receives nothing, and asks for everything when it is shown again. */
  post(message: Message | LanguageMessage): void {
    void this.#panel?.webview.postMessage(redactor.redactValue(message));
  }

  get #title(): ShownText {
    return shown(this.#options.title());
  }

  get #webviewOptions(): vscode.WebviewOptions {
    return {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(this.#options.extensionUri, 'dist')],
    };
  }

  #setUp(panel: vscode.WebviewPanel): void {
    const { schema, onMessage: heard, onClose: closed } = this.#options;
    const { webview } = panel;
    this.#panel = panel;
    // The restored title may be in the previous language.
    panel.title = this.#title;
    let areHidden = areFiguresHidden();
    const subscription = onSettingsChange(() => {
      if (areFiguresHidden() === areHidden) return;
      areHidden = areFiguresHidden();
      // The page is loaded again, with its saved state.
      this.#setPage(webview);
    });
    panel.onDidDispose(() => {
      subscription.dispose();
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      closed();
    });
    webview.onDidReceiveMessage(message => {
      const parsed = v.safeParse(schema, message);
      if (!parsed.success) return;
      if (isReady(message)) this.post(languageMessage(this.#options.extensionUri));
      heard(parsed.output);
    });
    webview.options = this.#webviewOptions;
    this.#setPage(webview);
  }

  #setPage(webview: vscode.Webview): void {
    const { extensionUri, page } = this.#options;
    const file = (name: string) =>
      String(webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)));
    webview.html = panelHtml({
      page,
      title: this.#title,
      language: textLanguage(),
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64'),
      script: file('panel.js'),
      style: file('panel.css'),
      filesGoneText: l10n.t(
        'Key Quota was updated or removed while this window was open. Reload the window.',
      ),
    });
  }
}

function isReady(message: unknown): boolean {
  return v.is(v.object({ type: v.literal('ready') }), message);
}

function languageMessage(extensionUri: vscode.Uri): LanguageMessage {
  return {
    type: 'speak',
    language: textLanguage(),
    timeZone: displayZone(),
    figuresHidden: areFiguresHidden(),
    translations: packedTexts(extensionUri),
  };
}
