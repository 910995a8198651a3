import type { Store } from '../../../store/store.ts';
import type { LeftSecrets } from '../../host/clipboard.ts';

const MARK = 'clipboard';

/** Whether a window ended while a secret was on the clipboard. */
export function hasLeftSecrets({ marks }: Pick<Store, 'marks'>): boolean {
  return [...marks.all().values()].some(ofKey => ofKey.has(MARK));
}

/** Digests of secrets on the clipboard, kept with their keys. */
export function leftSecrets(store: Pick<Store, 'marks' | 'transaction'>): LeftSecrets {
  return {
    all: () =>
      [...store.marks.all()].flatMap(([keyId, ofKey]) => {
        const mark = ofKey.get(MARK);
        return mark === undefined ? [] : [{ keyId, mark }];
      }),
    put: (keyId, mark) => store.transaction(() => store.marks.put(keyId, MARK, mark)),
    remove: keyId => store.transaction(() => store.marks.remove(keyId, MARK)),
  };
}
