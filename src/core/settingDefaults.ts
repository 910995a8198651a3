/** What holds where nobody has set anything else, in VS Code as on the command line. */
export const settingDefaults = {
  pollMinutes: 5,
  timeoutSeconds: 15,
  lowPercent: 20,
  lowAmounts: { USD: 1, CNY: 7 },
  monthBegins: 1,
  retention: { rawDays: 30, hourlyDays: 365, ledgerDays: 1100 },
} as const;
