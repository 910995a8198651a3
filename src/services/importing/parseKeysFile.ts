import { CREDENTIAL_TYPES } from '../../core/quota/key.ts';
import { isKeysFile } from '../exporting/keysFile.ts';
import type { FoundKey } from './foundKey.ts';
import { firstText, idText, listAt, membersAt } from './jsonMembers.ts';

/** Finds the keys of an export of Key Quota; of one without secrets, names and addresses. Undefined for other JSON. */
export function parseKeysFile(json: unknown): FoundKey[] | undefined {
  if (!isKeysFile(membersAt(json))) return undefined;
  return listAt(json, 'keys').flatMap(value => {
    const key = membersAt(value);
    const [address, note] = [firstText(key, 'baseUrl'), firstText(key, 'note')];
    if (address === undefined) return [];
    return [
      {
        secret: firstText(key, 'secret'),
        address,
        name: firstText(key, 'label'),
        kind: firstText(key, 'kind'),
        credential: CREDENTIAL_TYPES.find(type => type === key.credential),
        userId: idText(key.userId),
        ...(note !== undefined && { note }),
      },
    ];
  });
}
