import * as l10n from '@vscode/l10n';
import { addressOf, baseUrlOf } from '../../../core/input/baseUrl.ts';
import { parseWebPage } from '../../../core/input/parseWebPage.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import { PAGE_SETTINGS, type WebPage, webPageOf } from '../../../gateways/webPageOf.ts';
import { redactor } from '../../../redaction/redactor.ts';
import { openInBrowser } from '../../host/browser.ts';
import { askText } from '../../host/forms.ts';
import { writeGatewaySetting } from '../../host/gatewaySetting.ts';
import { defineCommand } from '../command.ts';
import { keyOrGatewayArgument } from '../keys/keyArgument.ts';
import { keyFromIdOrPick } from '../keys/pickKey.ts';

/** `keyQuota.openConsole`: opens the gateway's own page in a browser. VS Code shows the address before it does. */
export const openConsole = webPageCommand('console', 1);

/** `keyQuota.topUp`: opens the page where the gateway takes payments. */
export const topUp = webPageCommand('topUp', 2);

function webPageCommand(page: WebPage, place: number) {
  return defineCommand({
    palette: 'withKeys',
    menus: [{ menu: 'view/item/context', contextWords: ['key', 'gateway'], group: `4_pages@${place}` }],
    argument: keyOrGatewayArgument,
    run: async (parts, { members }) => {
      const record = await keyFromIdOrPick(parts, members.id ?? members.gatewayKey, titleOf(page));
      const key = record && parts.monitor.snapshot.find(({ id }) => id === record.id);
      const url = key && (webPageOf(page, key, parts.settings()) ?? (await askAddress(page, key)));
      if (url !== undefined) await openInBrowser(url);
    },
  });
}

/** Asks for a page that nothing is known of, and remembers it for the gateway. */
async function askAddress(page: WebPage, key: KeyState): Promise<string | undefined> {
  const baseUrl = baseUrlOf(key);
  const text = await askText({
    title: titleOf(page),
    prompt: l10n.t(
      'Enter the address of this page at {0}. It will be kept in keyQuota.gateways.',
      addressOf(baseUrl),
    ),
    placeHolder: 'https://',
    ignoreFocusOut: true,
    validateInput: problemWith,
  });
  const url = parseWebPage(text);
  if (url !== undefined) await writeGatewaySetting(baseUrl, PAGE_SETTINGS[page], url);
  return url;
}

function problemWith(text: string): string | undefined {
  if (parseWebPage(text) === undefined) return l10n.t('Enter an address that begins with https://.');
  return redactor.redact(text) === text
    ? undefined
    : l10n.t('This address contains a secret. Enter it without the secret.');
}

function titleOf(page: WebPage): string {
  return page === 'console' ? l10n.t('Open Console') : l10n.t('Top Up');
}
