import type { CommandId } from './commandIds.ts';
import type { CommandHandler } from './commandParts.ts';

/**
 * Where the work of each command is. Most are never run in a session, so each is loaded when it is. A command
 * without work does not compile.
 */
const loaders: Readonly<Record<CommandId, () => Promise<CommandHandler>>> = {
  'keyQuota.addKey': async () => (await import('./addKey.ts')).addKey,
  'keyQuota.chooseStatusBarStyle': async () =>
    (await import('./chooseStatusBarStyle.ts')).chooseStatusBarStyle,
  'keyQuota.copyModels': async () => (await import('./copyModels.ts')).copyModels,
  'keyQuota.copySecret': async () => (await import('./copySecret.ts')).copySecret,
  'keyQuota.copyValue': async () => (await import('./copyValue.ts')).copyValue,
  'keyQuota.createBudgetReview': async () => (await import('./createBudgetReview.ts')).createBudgetReview,
  'keyQuota.eraseHistory': async () => (await import('./eraseHistory.ts')).eraseHistory,
  'keyQuota.exportHistory': async () => (await import('./exportHistory.ts')).exportHistory,
  'keyQuota.findKeyForModel': async () => (await import('./findKeyForModel.ts')).findKeyForModel,
  'keyQuota.listLogs': async () => (await import('./listLogs.ts')).listLogs,
  'keyQuota.pauseWarnings': async () => (await import('./pauseWarnings.ts')).pauseWarnings,
  'keyQuota.pinKey': async () => (await import('./pinKey.ts')).pinKey,
  'keyQuota.queryUsage': async () => (await import('./queryUsage.ts')).queryUsage,
  'keyQuota.refresh': async () => (await import('./refresh.ts')).refresh,
  'keyQuota.refreshAccountKey': async () => (await import('./refreshAccountKey.ts')).refreshAccountKey,
  'keyQuota.refreshAll': async () => (await import('./refresh.ts')).refreshAll,
  'keyQuota.removeKey': async () => (await import('./removeKey.ts')).removeKey,
  'keyQuota.renameKey': async () => (await import('./renameKey.ts')).renameKey,
  'keyQuota.replaceSecret': async () => (await import('./replaceSecret.ts')).replaceSecret,
  'keyQuota.resumeWarnings': async () => (await import('./pauseWarnings.ts')).resumeWarnings,
  'keyQuota.setKeyWarnings': async () => (await import('./setKeyWarnings.ts')).setKeyWarnings,
  'keyQuota.setProxyLogin': async () => (await import('./setProxyLogin.ts')).setProxyLogin,
  'keyQuota.showExpiringKeys': async () => (await import('./showExpiringKeys.ts')).showExpiringKeys,
  'keyQuota.showKeys': async () => (await import('./showKeys.ts')).showKeys,
  'keyQuota.showLog': async () => (await import('./showLog.ts')).showLog,
  'keyQuota.showLogs': async () => (await import('./showLogs.ts')).showLogs,
  'keyQuota.showPlans': async () => (await import('./showPlans.ts')).showPlans,
  'keyQuota.snoozeWarnings': async () => (await import('./snoozeWarnings.ts')).snoozeWarnings,
  'keyQuota.unpinKey': async () => (await import('./pinKey.ts')).unpinKey,
  'keyQuota.verifyGateway': async () => (await import('./verifyGateway.ts')).verifyGateway,
};

/** Loads a command's work. */
export function loadCommand(id: CommandId): Promise<CommandHandler> {
  return loaders[id]();
}
