declare const KEY_QUOTA_VERSION: string | undefined;

/** The version of the package; the build writes it in place of the name. */
export const version = typeof KEY_QUOTA_VERSION === 'string' ? KEY_QUOTA_VERSION : 'from source';
