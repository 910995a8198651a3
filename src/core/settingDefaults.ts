/** What holds where nobody has set anything else, in VS Code as on the command line. */

/** The interval between two checks of a key, before request budgets and pace make it longer. */
export const POLL_MINUTES = 5;

/** How long a gateway may take to answer, redirects and body included. */
export const TIMEOUT_SECONDS = 15;

/** Below this part of its total a key is low, in per cent; below these amounts where the total is not known. */
export const LOW_PERCENT = 20;
export const LOW_AMOUNTS = { USD: 1, CNY: 7 } as const;

/** The day on which a month of spend begins. */
export const MONTH_BEGINS = 1;

/** How long readings, merged readings and the ledger are kept: see `Retention`. */
export const RAW_DAYS = 30;
export const HOURLY_DAYS = 365;
export const LEDGER_DAYS = 1100;
