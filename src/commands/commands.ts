import { addKey } from './addKey.ts';
import { askNow } from './askNow.ts';
import { chooseStatusBarStyle } from './chooseStatusBarStyle.ts';
import type { CommandId } from './commandIds.ts';
import type { CommandHandler } from './commandParts.ts';
import { copyModels } from './copyModels.ts';
import { copySecret } from './copySecret.ts';
import { copyValue } from './copyValue.ts';
import { createBudgetReview } from './createBudgetReview.ts';
import { eraseHistory } from './eraseHistory.ts';
import { exportHistory } from './exportHistory.ts';
import { findKeyForModel } from './findKeyForModel.ts';
import { listLogs } from './listLogs.ts';
import { pauseWarnings, resumeWarnings } from './pauseWarnings.ts';
import { pinKey, unpinKey } from './pinKey.ts';
import { queryUsage } from './queryUsage.ts';
import { refresh, refreshAll } from './refresh.ts';
import { refreshAccountKey } from './refreshAccountKey.ts';
import { removeKey } from './removeKey.ts';
import { renameKey } from './renameKey.ts';
import { replaceSecret } from './replaceSecret.ts';
import { setKeyWarnings } from './setKeyWarnings.ts';
import { setProxyLogin } from './setProxyLogin.ts';
import { showExpiringKeys } from './showExpiringKeys.ts';
import { showKeys } from './showKeys.ts';
import { showLog } from './showLog.ts';
import { showLogs } from './showLogs.ts';
import { showPlans } from './showPlans.ts';
import { snoozeWarnings } from './snoozeWarnings.ts';
import { verifyGateway } from './verifyGateway.ts';

/**
 * The work of each command; one without does not compile. Loaded with the first that is run: a file for each
 * would make the package larger than all their code, and is no faster.
 */
export const commands: Readonly<Record<CommandId, CommandHandler>> = {
  'keyQuota.addKey': addKey,
  'keyQuota.askNow': askNow,
  'keyQuota.chooseStatusBarStyle': chooseStatusBarStyle,
  'keyQuota.copyModels': copyModels,
  'keyQuota.copySecret': copySecret,
  'keyQuota.copyValue': copyValue,
  'keyQuota.createBudgetReview': createBudgetReview,
  'keyQuota.eraseHistory': eraseHistory,
  'keyQuota.exportHistory': exportHistory,
  'keyQuota.findKeyForModel': findKeyForModel,
  'keyQuota.listLogs': listLogs,
  'keyQuota.pauseWarnings': pauseWarnings,
  'keyQuota.pinKey': pinKey,
  'keyQuota.queryUsage': queryUsage,
  'keyQuota.refresh': refresh,
  'keyQuota.refreshAccountKey': refreshAccountKey,
  'keyQuota.refreshAll': refreshAll,
  'keyQuota.removeKey': removeKey,
  'keyQuota.renameKey': renameKey,
  'keyQuota.replaceSecret': replaceSecret,
  'keyQuota.resumeWarnings': resumeWarnings,
  'keyQuota.setKeyWarnings': setKeyWarnings,
  'keyQuota.setProxyLogin': setProxyLogin,
  'keyQuota.showExpiringKeys': showExpiringKeys,
  'keyQuota.showKeys': showKeys,
  'keyQuota.showLog': showLog,
  'keyQuota.showLogs': showLogs,
  'keyQuota.showPlans': showPlans,
  'keyQuota.snoozeWarnings': snoozeWarnings,
  'keyQuota.unpinKey': unpinKey,
  'keyQuota.verifyGateway': verifyGateway,
};
