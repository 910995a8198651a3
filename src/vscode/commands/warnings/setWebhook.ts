import * as l10n from '@vscode/l10n';
import { parseWebhookAddress, type WebhookAddressProblem } from '../../../core/input/webhookAddress.ts';
import { askText } from '../../host/forms.ts';
import { showInformation, showWarning } from '../../host/messages.ts';
import type { Webhook } from '../../notifications/webhook.ts';
import { defineCommand } from '../command.ts';

/**
 * `keyQuota.setWebhook`: asks for the address that warnings are posted to. It takes no argument: the address is a secret,
 * and no other program may say where warnings go.
 */
export const setWebhook = defineCommand({
  palette: 'always',
  run: async parts => {
    const webhook = await parts.webhook();
    const url = await askAddress(await webhook.host());
    if (!url) return;
    await webhook.set(url);
    await offerTest(webhook, url.host);
  },
});

/** `keyQuota.removeWebhook`: after a yes, nothing is posted any more. */
export const removeWebhook = defineCommand({
  palette: 'always',
  run: async parts => {
    const webhook = await parts.webhook();
    const host = await webhook.host();
    if (host === undefined) {
      void showInformation(l10n.t('No webhook is set.'));
      return;
    }
    const remove = l10n.t('Remove');
    const question = l10n.t('Stop posting warnings to {0}?', host);
    const detail = l10n.t('The address is deleted from VS Code’s secret storage.');
    if ((await showWarning(question, { modal: true, detail }, remove)) === remove) await webhook.remove();
  },
});

async function askAddress(host: string | undefined): Promise<URL | undefined> {
  const text = await askText({
    title: host === undefined ? l10n.t('Set Webhook') : l10n.t('Set Webhook (in place of {0})', host),
    prompt: l10n.t(
      'An https address that each warning is posted to, as JSON without names and amounts (see the setting “Webhook: Names”). It is kept in VS Code’s secret storage.',
    ),
    placeHolder: 'https://',
    password: true,
    ignoreFocusOut: true,
    validateInput: typed => (typed.trim() === '' ? undefined : problemOf(typed)),
  });
  const parsed = text === undefined || text.trim() === '' ? undefined : parseWebhookAddress(text);
  return parsed && 'url' in parsed ? parsed.url : undefined;
}

function problemOf(typed: string): string | undefined {
  const parsed = parseWebhookAddress(typed);
  return 'problem' in parsed ? problemText(parsed.problem) : undefined;
}

function problemText(problem: WebhookAddressProblem): string {
  switch (problem) {
    case 'not-address':
      return l10n.t('This is not an address.');
    case 'not-https':
      return l10n.t('The address must begin with https://.');
    case 'with-login':
      return l10n.t('The address must not have a user name or password.');
    case 'too-long':
      return l10n.t('The address is too long.');
  }
}

/** Does not hold up the command: the person may leave the notification unanswered. */
async function offerTest(webhook: Webhook, host: string): Promise<void> {
  const send = l10n.t('Send Test');
  const pressed = await showInformation(l10n.t('Warnings are posted to {0} from now on.', host), send);
  if (pressed !== send) return;
  const trouble = await webhook.test();
  if (trouble === undefined) void showInformation(l10n.t('The webhook accepted the test message.'));
  else void showWarning(trouble);
}
