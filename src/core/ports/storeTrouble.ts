/** Why the database in use is not the shared file. */
export type StoreTrouble =
  /** The file was damaged, set aside under `movedTo`, and a new one started. */
  | { readonly kind: 'damaged'; readonly movedTo: string }
  /** A newer version of the extension wrote it; it is left unchanged. */
  | { readonly kind: 'newer' }
  /** The folder or disk refuses to be written. */
  | { readonly kind: 'unwritable' }
  /** Another program keeps it locked; it is tried again. */
  | { readonly kind: 'locked' };
