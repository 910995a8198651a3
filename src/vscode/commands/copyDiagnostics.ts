import * as l10n from '@vscode/l10n';
import { copyText } from '../host/clipboard.ts';
import { pickOne } from '../host/forms.ts';
import { showInformation } from '../host/messages.ts';
import { shown } from '../host/shownText.ts';
import { defineCommand } from './command.ts';
import { collectDiagnostics } from './diagnostics.ts';
import { showDocument } from './offerDocument.ts';

/** `keyQuota.copyDiagnostics`: copies what a report about a fault needs. No argument answers whether names are in it. */
export const copyDiagnostics = defineCommand({
  palette: 'always',
  menus: [{ menu: 'view/title', group: '9_log@2' }],
  run: async parts => {
    const choice = await pickOne(
      [
        {
          label: shown(l10n.t('Without Names')),
          detail: shown(l10n.t('Keys are “key 1”, “key 2”; no addresses, no texts from settings')),
          withNames: false,
        },
        {
          label: shown(l10n.t('With Names')),
          detail: shown(l10n.t('The names of your keys, the addresses of gateways and your settings')),
          withNames: true,
        },
      ],
      { title: l10n.t('Copy Diagnostics'), placeHolder: l10n.t('Secrets and amounts are never in it') },
    );
    if (!choice) return;
    const text = collectDiagnostics(parts, choice.withNames);
    await copyText(text);
    const show = l10n.t('Show');
    if ((await showInformation(l10n.t('Diagnostics copied.'), show)) === show) await showDocument(text);
  },
});
