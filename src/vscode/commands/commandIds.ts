/**
 * What VS Code offers before anything of ours runs: in the palette, the walkthrough, the welcome view and the
 * settings. Whoever calls one of these first thing must find it, so they are registered during activation.
 */
export const firstCommandIds = [
  'keyQuota.addKey',
  'keyQuota.chooseStatusBarStyle',
  'keyQuota.queryUsage',
  'keyQuota.setKeyWarnings',
  'keyQuota.showKeys',
] as const;

/** What is offered once we run (`enablement` in the manifest), and need not keep VS Code waiting until then. */
export const laterCommandIds = [
  'keyQuota.askNow',
  'keyQuota.copyModels',
  'keyQuota.copySecret',
  'keyQuota.copyValue',
  'keyQuota.createBudgetReview',
  'keyQuota.eraseHistory',
  'keyQuota.exportHistory',
  'keyQuota.findKeyForModel',
  'keyQuota.listLogs',
  'keyQuota.pauseWarnings',
  'keyQuota.pinKey',
  'keyQuota.refresh',
  'keyQuota.refreshAccountKey',
  'keyQuota.refreshAll',
  'keyQuota.removeKey',
  'keyQuota.renameKey',
  'keyQuota.replaceSecret',
  'keyQuota.resumeWarnings',
  'keyQuota.setProxyLogin',
  'keyQuota.showExpiringKeys',
  'keyQuota.showLog',
  'keyQuota.showLogs',
  'keyQuota.showPlans',
  'keyQuota.snoozeWarnings',
  'keyQuota.unpinKey',
  'keyQuota.verifyGateway',
] as const;

export type CommandId = (typeof firstCommandIds | typeof laterCommandIds)[number];
