/** All commands, in a file of its own so that activation can register them before their code is loaded. */
export const commandIds = [
  'keyQuota.addKey',
  'keyQuota.copyModels',
  'keyQuota.copyValue',
  'keyQuota.createBudgetReview',
  'keyQuota.eraseHistory',
  'keyQuota.exportHistory',
  'keyQuota.listLogs',
  'keyQuota.pinKey',
  'keyQuota.queryUsage',
  'keyQuota.refresh',
  'keyQuota.refreshAccountKey',
  'keyQuota.refreshAll',
  'keyQuota.removeKey',
  'keyQuota.renameKey',
  'keyQuota.replaceSecret',
  'keyQuota.showLog',
  'keyQuota.showPlans',
  'keyQuota.unpinKey',
  'keyQuota.verifyGateway',
] as const;

export type CommandId = (typeof commandIds)[number];
