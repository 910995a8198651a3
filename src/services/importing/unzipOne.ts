import { inflateRawSync } from 'node:zlib';
import { UnreadableFileError } from './foundKey.ts';

/** The most that an archive's file may hold, unpacked. */
export const MAX_UNPACKED_BYTES = 100 * 1024 * 1024;

/** The end of an archive, which says where its list of files is: 22 bytes, and a comment of up to 65,535. */
const END = { signature: 0x06054b50, length: 22, maxComment: 0xffff } as const;
const ENTRY = { signature: 0x02014b50, length: 46 } as const;
const LOCAL = { signature: 0x04034b50, length: 30 } as const;
const ENCRYPTED = 1;

/**
 * Unpacks one file of a zip archive, found by the list at the archive's end: nothing else in it is looked at. Limits
 * the size of what it unpacks, whatever size the archive states.
 * @throws UnreadableFileError when it is too large, damaged or not in there.
 */
export function unzipOne(archive: Uint8Array, name: string): Uint8Array {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  try {
    return unpack(bytes, findEntry(bytes, name));
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new UnreadableFileError(isTooLarge ? 'too-large' : 'damaged');
  }
}

/** Where the entry of a name begins in the list of files. @throws RangeError where the list leads out of the archive. */
function findEntry(bytes: Buffer, name: string): number {
  const end = findEnd(bytes);
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== ENTRY.signature) throw new UnreadableFileError('damaged');
    const nameEnd = at + ENTRY.length + bytes.readUInt16LE(at + 28);
    if (bytes.toString('utf8', at + ENTRY.length, nameEnd) === name) return at;
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  throw new UnreadableFileError('unknown-format');
}

function findEnd(bytes: Buffer): number {
  const last = bytes.length - END.length;
  for (let at = last; at >= Math.max(0, last - END.maxComment); at--)
    if (bytes.readUInt32LE(at) === END.signature) return at;
  throw new UnreadableFileError('damaged');
}

function unpack(bytes: Buffer, entry: number): Uint8Array {
  if (bytes.readUInt16LE(entry + 8) & ENCRYPTED) throw new UnreadableFileError('encrypted');
  const method = bytes.readUInt16LE(entry + 10);
  const local = bytes.readUInt32LE(entry + 42);
  if (bytes.readUInt32LE(local) !== LOCAL.signature) throw new UnreadableFileError('damaged');
  const from = local + LOCAL.length + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(from, from + bytes.readUInt32LE(entry + 20));
  if (method === 0) return packed;
  if (method !== 8) throw new UnreadableFileError('unknown-format');
  return inflateRawSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES });
}
