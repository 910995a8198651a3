import { readCertificateFile } from '../../http/certificateFile.ts';
import { certificatesIn } from '../../http/certificates.ts';
import { systemErrorText } from '../systemError.ts';

/**
 * Why a file cannot be used as `caFile`, as a sentence; undefined where it can. The sentence quotes nothing of the
 * file.
 */
export async function certificateProblem(path: string): Promise<string | undefined> {
  let text: string;
  try {
    text = await readCertificateFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'This names a file that does not exist.';
    if (code === 'EACCES' || code === 'EPERM') return 'This names a file that this user may not read.';
    return code === undefined
      ? message
      : `This names a file that could not be read: ${systemErrorText(error)}.`;
  }
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    return 'There is a private key in this file. Name one with certificates alone: nothing is proved here by a key.';
  return certificatesIn(text)
    ? undefined
    : 'There are no certificates in this file, or one that cannot be read: they must be in PEM.';
}
