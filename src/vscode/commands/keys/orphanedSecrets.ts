import type { Store } from '../../../core/ports/store.ts';
import type { CopiedSecrets } from '../../host/clipboard.ts';

const MARK = 'clipboard';

/** Digests of secrets on the clipboard, kept with their keys. */
export function copiedSecrets(store: Pick<Store, 'fired' | 'transaction'>): CopiedSecrets {
  return {
    copiedSecrets: () =>
      [...store.fired.allFired()].flatMap(([keyId, ofKey]) => {
        const mark = ofKey.get(MARK);
        return mark === undefined ? [] : [{ keyId, mark }];
      }),
    saveCopied: (keyId, mark) => store.transaction(() => store.fired.saveFired(keyId, MARK, mark)),
    removeCopied: keyId => store.transaction(() => store.fired.removeFired(keyId, MARK)),
  };
}
