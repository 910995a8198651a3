/** What a person should conclude about a key. */
export type Status = 'ok' | 'low' | 'exhausted' | 'expired' | 'disabled' | 'invalid' | 'stale' | 'unknown';
