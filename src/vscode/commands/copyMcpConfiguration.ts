import { hostname } from 'node:os';
import * as l10n from '@vscode/l10n';
import { assignAliases } from '../../services/tools/keyNames.ts';
import { allowAgentsOutside } from '../../services/tools/sharedSettings.ts';
import { readAgentSettings } from '../host/agentSettings.ts';
import { copyText } from '../host/clipboard.ts';
import { pickOne } from '../host/forms.ts';
import { whereWeRun } from '../host/installation.ts';
import { showInformation } from '../host/messages.ts';
import { shown } from '../host/shownText.ts';
import { defineCommand } from './command.ts';
import { mcpForms } from './mcpForms.ts';

/**
 * `keyQuota.copyMcpConfiguration`: copies what an agent outside VS Code needs to ask `key-quota mcp`, and allows that. No
 * argument chooses in a person's place.
 */
export const copyMcpConfiguration = defineCommand({
  palette: 'always',
  run: async ({ store, monitor }) => {
    const forms = mcpForms(process.platform === 'win32').map(form => ({
      ...form,
      label: shown(form.agent),
      detail: shown(form.file ?? l10n.t('a command for the terminal')),
    }));
    const form = await pickOne(forms, {
      title: l10n.t('Copy MCP Configuration'),
      placeHolder: l10n.t('Agents may then ask what is left and was spent, as far as keyQuota.agents allows'),
    });
    if (!form) return;
    allowAgentsOutside(store);
    // So that agents here and there know a key by the same number.
    assignAliases(store, monitor.snapshot);
    await copyText(form.text);
    const copied = form.file
      ? l10n.t('Copied for {0}. It goes into {1}.', form.agent, form.file)
      : l10n.t('Copied for {0}. Run it in a terminal.', form.agent);
    void showInformation([copied, offText(), placeText()].filter(text => text !== undefined).join(' '));
  },
});

function offText(): string | undefined {
  if (readAgentSettings().enabled) return undefined;
  return l10n.t('Agents get no answers while the setting {0} is off.', 'keyQuota.agents.enabled');
}

/** Names the machine of the database, where the window may be on another one. */
function placeText(): string | undefined {
  switch (whereWeRun()) {
    case 'here':
      return undefined;
    case 'on-remote':
      return l10n.t(
        'The figures are on {0}, which this window is connected to, so this is for agents there.',
        hostname(),
      );
    case 'beside-remote':
      return l10n.t(
        'The figures are on your own computer, {0}: agents on the machine this window is connected to cannot find them.',
        hostname(),
      );
  }
}
