/** Which software a site is, where its behavior differs: `oldNewApi` is New API before 0.9.3 and what descends from it. */
export type Lineage = 'newApi' | 'oldNewApi' | 'oneApi' | 'oneHub';

/** The header for an account's numeric id beside its access token. No other is ever sent: it could have a meaning to others. */
export const USER_ID_HEADERS = [
  'New-Api-User',
  'Veloera-User',
  'X-Api-User',
  'voapi-user',
  'Rix-Api-User',
  'neo-api-user',
  'User-id',
] as const;

/** A relative of New API by its differences. */
interface Relative {
  /** Members of the status page, any of which shows this relative where no row above fits. */
  readonly members?: readonly string[];
  readonly lineage?: Lineage;
  /** Its name after installation; an owner may have changed it. */
  readonly siteName?: RegExp;
  /** Absent: the access token is enough, or New API's header does. */
  readonly userIdHeader?: (typeof USER_ID_HEADERS)[number];
}

const RELATIVES: readonly Relative[] = [
  // New API from 0.9.3 on: keys tell their own figures, accounts may have plans.
  { members: ['quota_display_type'], lineage: 'newApi' },
  // One-hub and done-hub: lists under `data.data`, an unlimited key told as its account, models beyond a key's limit.
  { members: ['PaymentUSDRate', 'EnableSafe'], lineage: 'oneHub' },
  // Veloera: of New API before 0.9, with a header of its own; a key's log wants the account.
  {
    members: ['check_in_enabled'],
    lineage: 'oldNewApi',
    siteName: /veloera/i,
    userIdHeader: 'Veloera-User',
  },
  // New API before 0.9.3: lists are bare arrays from page 0.
  { members: ['chats', 'data_export_default_time'], lineage: 'oldNewApi' },
  // One API: the same, ten rows a page; no sums by hour, and what an unlimited key uses is not counted.
  { members: ['chat_link', 'lark_client_id'], lineage: 'oneApi' },
  // Closed source: only the header is known, from other programs that use them.
  { siteName: /vo-?api/i, userIdHeader: 'voapi-user' },
  { siteName: /\bv-?api\b/i, userIdHeader: 'X-Api-User' },
  { siteName: /\brix/i, userIdHeader: 'Rix-Api-User' },
  { siteName: /\bneo/i, userIdHeader: 'neo-api-user' },
];

/** What the members of a status page tell of the software; undefined where they tell nothing. */
export function relativeOf(status: object): Pick<Relative, 'lineage' | 'userIdHeader'> | undefined {
  return RELATIVES.find(({ members }) => members?.some(name => name in status));
}

/** The header that a site's name suggests. */
export function userIdHeaderByName(siteName: string): string | undefined {
  return RELATIVES.find(({ siteName: pattern }) => pattern?.test(siteName))?.userIdHeader;
}
