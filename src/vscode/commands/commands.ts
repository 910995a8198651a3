import { chooseStatusBarStyle } from './chooseStatusBarStyle.ts';
import type { Command } from './command.ts';
import type { CommandId } from './commandIds.ts';
import { copyDiagnostics } from './copyDiagnostics.ts';
import { copyMcpConfiguration } from './copyMcpConfiguration.ts';
import { hideFigures } from './hideFigures.ts';
import { addAccountKeys } from './keys/addAccountKeys.ts';
import { addKey } from './keys/addKey.ts';
import { copyModels } from './keys/copyModels.ts';
import { copySecret } from './keys/copySecret.ts';
import { copyValue } from './keys/copyValue.ts';
import { describeGateway } from './keys/describeGateway.ts';
import { editNote } from './keys/editNote.ts';
import { exportKeys } from './keys/exportKeys.ts';
import { findKeyForModel } from './keys/findKeyForModel.ts';
import { importKeys } from './keys/importKeys.ts';
import { moveDown, moveUp } from './keys/moveLine.ts';
import { pauseKey, resumeKey } from './keys/pauseKey.ts';
import { pinKey, unpinKey } from './keys/pinKey.ts';
import { refresh, refreshAll } from './keys/refresh.ts';
import { refreshAccountKey } from './keys/refreshAccountKey.ts';
import { removeKey } from './keys/removeKey.ts';
import { renameKey } from './keys/renameKey.ts';
import { replaceSecret } from './keys/replaceSecret.ts';
import { readFromAccount, separateKey } from './keys/separateKey.ts';
import { setProxyLogin } from './keys/setProxyLogin.ts';
import { showKeys } from './keys/showKeys.ts';
import { showPlans } from './keys/showPlans.ts';
import { snapshot } from './keys/snapshot.ts';
import { testKey } from './keys/testKey.ts';
import { reportIssue } from './reportIssue.ts';
import { showLog } from './showLog.ts';
import { showOverview } from './showOverview.ts';
import { askNow } from './usage/askNow.ts';
import { createBudgetReview } from './usage/createBudgetReview.ts';
import { eraseHistory } from './usage/eraseHistory.ts';
import { exportHistory } from './usage/exportHistory.ts';
import { listLogs } from './usage/listLogs.ts';
import { queryUsage } from './usage/queryUsage.ts';
import { setSpendingLimit } from './usage/setSpendingLimit.ts';
import { showLogs } from './usage/showLogs.ts';
import { verifyGateway } from './usage/verifyGateway.ts';
import { pauseWarnings, resumeWarnings } from './warnings/pauseWarnings.ts';
import { setKeyWarnings } from './warnings/setKeyWarnings.ts';
import { removeWebhook, setWebhook } from './warnings/setWebhook.ts';
import { showExpiringKeys } from './warnings/showExpiringKeys.ts';
import { snoozeWarnings } from './warnings/snoozeWarnings.ts';
import { copyBaseUrl } from './webPages/copyBaseUrl.ts';
import { openConsole, topUp } from './webPages/openWebPage.ts';

/**
 * Every command by its id; an id without a command does not compile. All of them are loaded when the first one is run:
 * a bundle for each would make the package larger than all their code, and would not be faster.
 */
export const commands: Readonly<Record<CommandId, Command>> = {
  'keyQuota.addKey': addKey,
  'keyQuota.askNow': askNow,
  'keyQuota.chooseStatusBarStyle': chooseStatusBarStyle,
  'keyQuota.copyBaseUrl': copyBaseUrl,
  'keyQuota.copyDiagnostics': copyDiagnostics,
  'keyQuota.copyMcpConfiguration': copyMcpConfiguration,
  'keyQuota.copyModels': copyModels,
  'keyQuota.copySecret': copySecret,
  'keyQuota.copyValue': copyValue,
  'keyQuota.createBudgetReview': createBudgetReview,
  'keyQuota.describeGateway': describeGateway,
  'keyQuota.editNote': editNote,
  'keyQuota.eraseHistory': eraseHistory,
  'keyQuota.exportHistory': exportHistory,
  'keyQuota.exportKeys': exportKeys,
  'keyQuota.findKeyForModel': findKeyForModel,
  'keyQuota.hideFigures': hideFigures,
  'keyQuota.importKeys': importKeys,
  'keyQuota.addAccountKeys': addAccountKeys,
  'keyQuota.listLogs': listLogs,
  'keyQuota.moveDown': moveDown,
  'keyQuota.moveUp': moveUp,
  'keyQuota.openConsole': openConsole,
  'keyQuota.pauseKey': pauseKey,
  'keyQuota.pauseWarnings': pauseWarnings,
  'keyQuota.pinKey': pinKey,
  'keyQuota.queryUsage': queryUsage,
  'keyQuota.readFromAccount': readFromAccount,
  'keyQuota.refresh': refresh,
  'keyQuota.refreshAccountKey': refreshAccountKey,
  'keyQuota.refreshAll': refreshAll,
  'keyQuota.removeKey': removeKey,
  'keyQuota.removeWebhook': removeWebhook,
  'keyQuota.renameKey': renameKey,
  'keyQuota.replaceSecret': replaceSecret,
  'keyQuota.reportIssue': reportIssue,
  'keyQuota.resumeKey': resumeKey,
  'keyQuota.resumeWarnings': resumeWarnings,
  'keyQuota.separateKey': separateKey,
  'keyQuota.setKeyWarnings': setKeyWarnings,
  'keyQuota.setProxyLogin': setProxyLogin,
  'keyQuota.setSpendingLimit': setSpendingLimit,
  'keyQuota.setWebhook': setWebhook,
  'keyQuota.showExpiringKeys': showExpiringKeys,
  'keyQuota.showKeys': showKeys,
  'keyQuota.showLog': showLog,
  'keyQuota.showLogs': showLogs,
  'keyQuota.showOverview': showOverview,
  'keyQuota.showPlans': showPlans,
  'keyQuota.snapshot': snapshot,
  'keyQuota.snoozeWarnings': snoozeWarnings,
  'keyQuota.testKey': testKey,
  'keyQuota.topUp': topUp,
  'keyQuota.unpinKey': unpinKey,
  'keyQuota.verifyGateway': verifyGateway,
};
