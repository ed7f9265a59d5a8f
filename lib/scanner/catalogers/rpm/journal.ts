/**
 * Tells whether a file beside `rpmdb.sqlite` holds changes that are not in it: those of a database
 * that was not closed (https://www.sqlite.org/walformat.html). Closed, it leaves them empty.
 */
const WAL_MAGIC = [0x377f0682, 0x377f0683];
const WAL_HEADER = 32;
const FRAME_HEADER = 24;
const JOURNAL_MAGIC = 'd9d505f920a163d7';

/** True where the log has a frame that ends a change. Whether the change was copied already, it does not say. */
export function isUnfinishedWal(bytes: Buffer): boolean {
  if (bytes.length < WAL_HEADER || !WAL_MAGIC.includes(bytes.readUInt32BE(0))) return false;
  const salts = bytes.subarray(16, 24);
  const frame = FRAME_HEADER + bytes.readUInt32BE(8);
  for (let at = WAL_HEADER; at + frame <= bytes.length; at += frame) {
    // Frames of an older log may follow behind those of this one.
    if (!bytes.subarray(at + 8, at + 16).equals(salts)) return false;
    if (bytes.readUInt32BE(at + 4) !== 0) return true;
  }
  return false;
}

/** True where a change was begun and neither ended nor taken back. */
export function isUnfinishedJournal(bytes: Buffer): boolean {
  return bytes.toString('hex', 0, 8) === JOURNAL_MAGIC;
}
