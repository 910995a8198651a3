import { addKey } from './addKey.ts';
import type { CommandId } from './commandIds.ts';
import type { CommandHandler } from './commandParts.ts';
import { copyModels } from './copyModels.ts';
import { copyValue } from './copyValue.ts';
import { eraseHistory } from './eraseHistory.ts';
import { exportHistory } from './exportHistory.ts';
import { listLogs } from './listLogs.ts';
import { pinKey, unpinKey } from './pinKey.ts';
import { refresh, refreshAll } from './refresh.ts';
import { removeKey } from './removeKey.ts';
import { renameKey } from './renameKey.ts';
import { replaceSecret } from './replaceSecret.ts';
import { showLog } from './showLog.ts';
import { showPlans } from './showPlans.ts';
import { verifyGateway } from './verifyGateway.ts';

/** What each command does. A command without work does not compile. */
export const commands: Readonly<Record<CommandId, CommandHandler>> = {
  'keyQuota.addKey': addKey,
  'keyQuota.copyModels': copyModels,
  'keyQuota.copyValue': copyValue,
  'keyQuota.eraseHistory': eraseHistory,
  'keyQuota.exportHistory': exportHistory,
  'keyQuota.listLogs': listLogs,
  'keyQuota.pinKey': pinKey,
  'keyQuota.refresh': refresh,
  'keyQuota.refreshAll': refreshAll,
  'keyQuota.removeKey': removeKey,
  'keyQuota.renameKey': renameKey,
  'keyQuota.replaceSecret': replaceSecret,
  'keyQuota.showLog': showLog,
  'keyQuota.showPlans': showPlans,
  'keyQuota.unpinKey': unpinKey,
  'keyQuota.verifyGateway': verifyGateway,
};
