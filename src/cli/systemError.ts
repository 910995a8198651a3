const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'that disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full for this user',
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EEXIST: 'something else has that name',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'it does not answer as it should',
  ENOMEM: 'there is no memory left',
};

/** What the system said, in words behind a colon: `the disk is full`. Else the error's own message. */
export function systemErrorText(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return WORDS[code] ?? (isSystemCode(code) ? `the system says ${code}` : message);
}

/** Whether a code is the system's, and not one of Node or SQLite, such as `ERR_SQLITE_ERROR`. */
export function isSystemCode(code: string): boolean {
  return /^E[A-Z0-9]+$/.test(code);
}
