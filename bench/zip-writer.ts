/** Writes a zip archive of any number of files, one after the other (zip64, as archives of more than 65,535 files are). */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';

const FILES = 0xffff;
const BYTES = 0xffffffff;

export async function writeZip(path: string, files: Iterable<readonly [name: string, text: string]>): Promise<void> {
  const out = createWriteStream(path);
  const directory: Buffer[] = [];
  let offset = 0;
  let count = 0;

  async function write(...parts: readonly Buffer[]): Promise<void> {
    for (const part of parts) {
      offset += part.length;
      if (!out.write(part)) await once(out, 'drain');
    }
  }

  for (const [name, text] of files) {
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain, { level: 1 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(plain.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, Buffer.from(name));
    await write(Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed);
    count += 1;
  }

  const start = offset;
  for (const part of directory) await write(part);
  const end = Buffer.alloc(56);
  end.write('PK\x06\x06', 'latin1');
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  for (const at of [24, 32]) end.writeBigUInt64LE(BigInt(count), at);
  end.writeBigUInt64LE(BigInt(offset - start), 40);
  end.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset), 8);
  locator.writeUInt32LE(1, 16);
  const last = Buffer.alloc(22);
  last.write('PK\x05\x06', 'latin1');
  for (const at of [8, 10]) last.writeUInt16LE(FILES, at);
  for (const at of [12, 16]) last.writeUInt32LE(BYTES, at);
  await write(end, locator, last);
  out.end();
  await once(out, 'close');
}
