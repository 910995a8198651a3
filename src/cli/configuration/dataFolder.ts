import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Network file systems, and those that a program implements: magic numbers of Linux' `statfs`. SQLite’s log needs
 * memory that all its users share, and locks that hold.
 */
const SHARED_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x5346414f, 'AFS'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  [0x786f4256, 'a folder shared with a virtual machine'],
]);

/** `/proc` and `/sys`. In the first, Node’s `mkdir` tries for ever. */
const KERNEL_FILE_SYSTEMS: ReadonlySet<number> = new Set([0x9fa0, 0x62656572]);

type FileSystemType = (path: string) => number;

const typeOf: FileSystemType = path => (process.platform === 'linux' ? statfsSync(path).type : 0);

/** Why a folder cannot hold the database, as a sentence; undefined where it can. A folder that is not there yet will be made. */
export function dataFolderProblem(folder: string, fileSystemType = typeOf): string | undefined {
  try {
    let there = folder;
    while (!exists(there) && dirname(there) !== there) there = dirname(there);
    if (!statSync(there).isDirectory()) return 'This is a file; the database needs a folder.';
    // Numbers with the highest bit set may come as negative ones.
    const shared = SHARED_FILE_SYSTEMS.get(fileSystemType(there) >>> 0);
    if (shared !== undefined)
      return `This is on a file system that machines share (${shared}), where a database is damaged sooner or later. Take a disk of this machine: history is kept by Prometheus as well.`;
    if (KERNEL_FILE_SYSTEMS.has(fileSystemType(there) >>> 0)) return 'Files cannot be kept there.';
    accessSync(there, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return 'This user may not write there.';
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
