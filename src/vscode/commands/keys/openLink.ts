import * as l10n from '@vscode/l10n';
import { plainAllowedBy } from '../../host/gatewayRoutes.ts';
import { showError, showWarning } from '../../host/messages.ts';
import type { CommandParts } from '../commandParts.ts';
import { addKeyByForm } from './add/addByForm.ts';
import { type KeyLink, type LinkParts, parseKeyLink } from './keyLink.ts';

let isOpen = false;

/**
 * Opens the Add Key form with the content of a link, after the user has confirmed the address in it. Links that come in
 * the meantime are dropped, so that a web page cannot open one dialog after the other.
 */
export async function openLink(parts: CommandParts, uri: LinkParts): Promise<void> {
  if (isOpen) return;
  isOpen = true;
  try {
    const link = parseKeyLink(uri, plainAllowedBy(parts.settings()));
    if (await isLinkConfirmed(link)) await addKeyByForm(parts, link);
  } catch (error) {
    void showError(error instanceof Error ? error.message : String(error));
  } finally {
    isOpen = false;
  }
}

async function isLinkConfirmed({ gateway, baseUrl }: KeyLink): Promise<boolean> {
  // Without an address the form asks for one, and the rest of the link is harmless.
  if (baseUrl === undefined) return true;
  const useAddress = l10n.t('Use This Address');
  const { hostname } = new URL(baseUrl);
  const isForeignHost =
    gateway !== undefined && gateway.hosts.length > 0 && !gateway.hosts.includes(hostname);
  const detail = [
    l10n.t(
      'A link wants to add a key for this address. Whatever key you enter next is sent there, so go on only if you know it.',
    ),
    ...(isForeignHost
      ? [
          l10n.t(
            'The link names {0}, but this is not one of its addresses: {1}.',
            gateway.title,
            gateway.hosts.join(', '),
          ),
        ]
      : []),
  ];
  const choice = await showWarning(
    l10n.t('Add a key for {0}?', baseUrl),
    { modal: true, detail: detail.join('\n\n') },
    useAddress,
  );
  return choice === useAddress;
}
