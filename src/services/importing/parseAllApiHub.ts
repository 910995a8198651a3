import { kindOfSiteType } from '../../gateways/vendorAddresses.ts';
import { type FoundKey, UnreadableFileError } from './foundKey.ts';
import { firstText, idText, listAt, membersAt } from './jsonMembers.ts';

/**
 * Finds keys in a backup of All API Hub: accounts with an access token, and profiles of API keys. Undefined for JSON of
 * another form. @throws UnreadableFileError for an encrypted backup.
 */
export function parseAllApiHub(json: unknown): FoundKey[] | undefined {
  const file = membersAt(json);
  if (firstText(file, 'type')?.includes('all-api-hub') && 'ct' in file)
    throw new UnreadableFileError('encrypted');
  const lists = [
    listAt(json, 'accounts', 'accounts'),
    listAt(json, 'accounts'),
    listAt(json, 'data', 'accounts'),
  ];
  const accounts = lists.find(list => list.some(isAccount)) ?? [];
  const profiles = listAt(json, 'apiCredentialProfiles', 'profiles');
  if (accounts.length === 0 && profiles.length === 0) return undefined;
  return [...accounts.flatMap(keyOfAccount), ...profiles.flatMap(keyOfProfile)];
}

function isAccount(value: unknown): boolean {
  return firstText(membersAt(value), 'site_url') !== undefined;
}

function keyOfAccount(value: unknown): FoundKey[] {
  const account = membersAt(value);
  const info = membersAt(account, 'account_info');
  const secret = firstText(info, 'access_token');
  // Accounts of other types hold a browser's cookie and no key.
  if (secret === undefined || (account.authType !== undefined && account.authType !== 'access_token'))
    return [];
  return [
    {
      secret,
      address: firstText(account, 'site_url'),
      name: firstText(account, 'site_name'),
      kind: kindOfSiteType(firstText(account, 'site_type') ?? ''),
      credential: 'accessToken',
      userId: idText(info.id),
    },
  ];
}

function keyOfProfile(value: unknown): FoundKey[] {
  const profile = membersAt(value);
  const secret = firstText(profile, 'apiKey');
  if (secret === undefined) return [];
  return [{ secret, address: firstText(profile, 'baseUrl'), name: firstText(profile, 'name') }];
}
