import type { ExtensionContext } from 'vscode';
import { dayText } from '../../core/ledger/dayText.ts';
import { dayOf } from '../../core/ledger/localDays.ts';
import type { SpendingLimit } from '../../core/spendingLimits/spendingLimit.ts';
import { SpendByDay } from '../../services/usage/spendByDay.ts';
import { displayZone } from '../../text/zoneName.ts';
import { runOwnCommand } from '../host/ownCommand.ts';
import { LogsPanel } from '../panels/logsPanel.ts';
import { OverviewPanel } from '../panels/overviewPanel.ts';
import { SeriesColors } from '../panels/seriesColors.ts';
import { UsagePanel } from '../panels/usagePanel.ts';
import type { CommandParts } from './commandParts.ts';
import { exportUsage } from './usage/exportUsage.ts';
import { fetchLogPage, saveLogCsv } from './usage/fetchLogPage.ts';
import { logKeyNames, logKeys } from './usage/logKeys.ts';
import { hoursForPanel, mayAskNow, queryForPanel } from './usage/queryForPanel.ts';

/** The parts that commands use: those that are running already, and the panels, which ask through them. */
export function createPanels(
  partsWithoutPanels: Omit<CommandParts, 'panels'>,
  context: ExtensionContext,
): CommandParts {
  const { clock, keyRequests, keyService, limitService, log, monitor, settings, store, views } =
    partsWithoutPanels;
  const { extensionUri } = context;
  const colors = new SeriesColors(context);
  const usage = new UsagePanel({
    extensionUri,
    ask: (...asked) => queryForPanel(parts, ...asked),
    mayAskNow: keyIds => mayAskNow(parts, keyIds),
    stopWaiting: keyIds => keyRequests.stopWaiting(keyIds, 'question'),
    hours: question => hoursForPanel(parts, question),
    keysToChoose: () => monitor.snapshot.map(({ id, label }) => ({ id, label })),
    slotsOf: ids => colors.slotsOf(ids),
    exportUsage,
    now: () => clock.now(),
    after: (ms, work) => clock.after(ms, work),
  });
  const logs = new LogsPanel({
    extensionUri,
    findKey: keyId => keyService.findById(keyId),
    logKeys: () => logKeys(parts),
    keyNames: keyId => logKeyNames(parts, keyId),
    fetchPage: (keyId, filter, signal) => fetchLogPage(parts, keyId, filter, signal),
    saveCsv: saveLogCsv,
    now: () => clock.now(),
  });
  const spend = new SpendByDay(store, clock, displayZone);
  const overview = new OverviewPanel({
    ...{ extensionUri, clock },
    snapshot: () => monitor.snapshot,
    limits: () => ({
      ofCurrencies: currencyLimits(partsWithoutPanels),
      monthBegins: settings().monthBegins,
    }),
    onDidChange(listener) {
      const changes = [monitor.onDidChange(listener), limitService.onDidChange(listener)];
      return { dispose: () => changes.forEach(each => void each.dispose()) };
    },
    spendByDay: (keys, signal) => spend.addUp(keys, signal),
    slotsOf: ids => colors.slotsOf(ids),
    reveal: keyId => views.tree.reveal(keyId),
    showUsage: (keyId, days) => {
      const today = dayOf(clock.now());
      const range = { from: dayText(today - days + 1), to: dayText(today) };
      void runOwnCommand('keyQuota.queryUsage', { key: keyId ?? 'all', ...range, show: true });
    },
    run: command => void runOwnCommand(command),
    warn: text => log.warn(text),
  });
  const parts: CommandParts = { ...partsWithoutPanels, panels: { usage, logs, overview } };
  return parts;
}

/** The limits for all keys of a currency; none where they cannot be read, which hides no key. */
function currencyLimits({
  limitService,
  log,
}: Pick<CommandParts, 'limitService' | 'log'>): readonly SpendingLimit[] {
  try {
    return limitService.limits.filter(({ scope }) => scope.of === 'currency');
  } catch (error) {
    log.warn(`Spending limits could not be read: ${String(error)}`);
    return [];
  }
}
