import type { LimiterMode } from '../limiter.ts';

/** What a release of the software does, where releases differ. */
export interface Version {
  /** The text of `X-New-Api-Version` and of `version` in the status; none for software that sends none. */
  readonly header: string | undefined;
  /** `/api/usage/token/`: not there, behind the full check of a key, or behind the one for reading only. */
  readonly usageToken: 'absent' | 'fullCheck' | 'readOnly';
  /** Whether a disabled key may still read its figures. */
  readonly disabledReads: boolean;
  /** `/api/log/token`: not there, with the key in the query, or with the key in the header. */
  readonly logToken: 'absent' | 'queryKey' | 'bearer';
  /** Every failure of the full check reads "Invalid token". */
  readonly oneMessage: boolean;
  /** The language of messages: Chinese always, or what `Accept-Language` asks for. */
  readonly language: 'zh' | 'asked';
  /** `quota_display_type` is known. */
  readonly displayTypes: boolean;
  /** Lists: a bare array with pages from 0, or an object with pages from 1. */
  readonly pages: 'arrayFrom0' | 'objectFrom1';
  readonly masksKeys: boolean;
  /** Whether one call tells many whole keys, where the list masks them. */
  readonly tellsManyKeys: boolean;
  /** What `id` in the account's log is: the row's own, its place in the answer, or always 0. */
  readonly rowIds: 'own' | 'place' | 'zero';
  /** Whether rows of the log have a `request_id`, and whether they can be asked for by it. */
  readonly requestIds: 'absent' | 'told' | 'filtered';
  /** How an access token is checked. */
  readonly accountAuth: 'oneApi' | 'legacy' | 'strict';
  readonly limiterMode: LimiterMode;
  readonly retryAfter: boolean;
  readonly errorType: 'new_api_error' | 'one_api_error' | 'comet_api_error';
  readonly cors: boolean;
}

const NEWEST: Version = {
  header: 'v1.0.0-rc.24',
  usageToken: 'readOnly',
  disabledReads: false,
  logToken: 'bearer',
  oneMessage: true,
  language: 'asked',
  displayTypes: true,
  pages: 'objectFrom1',
  masksKeys: true,
  tellsManyKeys: true,
  rowIds: 'place',
  requestIds: 'filtered',
  accountAuth: 'strict',
  limiterMode: 'fixed',
  retryAfter: true,
  errorType: 'new_api_error',
  cors: true,
};
const RC_17: Version = {
  ...NEWEST,
  header: 'v1.0.0-rc.17',
  tellsManyKeys: false,
  accountAuth: 'legacy',
  limiterMode: 'sliding',
  retryAfter: false,
};
const V0_12_7: Version = { ...RC_17, header: 'v0.12.7', disabledReads: true };
const V0_10_8: Version = {
  ...V0_12_7,
  header: 'v0.10.8',
  oneMessage: false,
  language: 'zh',
  masksKeys: false,
  requestIds: 'told',
};
const V0_12_0: Version = { ...V0_10_8, header: 'v0.12.0', masksKeys: true, requestIds: 'filtered' };
const V0_9_0: Version = {
  ...V0_10_8,
  header: 'v0.9.0',
  usageToken: 'fullCheck',
  logToken: 'queryKey',
  displayTypes: false,
  rowIds: 'own',
  requestIds: 'absent',
  cors: false,
};

/** The releases the sample gateway can imitate. Each says only what differs from the one after it. */
export const VERSIONS = {
  // Software built without a version calls itself v0.0.0.
  'pre-0.9.0': { ...V0_9_0, header: 'v0.0.0', usageToken: 'absent', pages: 'arrayFrom0' },
  'v0.9.0': V0_9_0,
  'v0.10.8': V0_10_8,
  'v0.12.0': V0_12_0,
  'v0.12.7': V0_12_7,
  'v1.0.0-rc.17': RC_17,
  'v1.0.0-rc.24': NEWEST,
  'one-api': {
    ...V0_9_0,
    header: undefined,
    usageToken: 'absent',
    logToken: 'absent',
    pages: 'arrayFrom0',
    accountAuth: 'oneApi',
    rowIds: 'zero',
    requestIds: 'told',
    errorType: 'one_api_error',
  },
} satisfies Record<string, Version>;

/** The name of a release. */
export type VersionName = keyof typeof VERSIONS;
