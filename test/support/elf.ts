/** ELF files for tests: a head, segments where they are said to be, and what follows them. */
import { deflateSync } from 'node:zlib';

export interface AnElf {
  /** Constants; at {@link CONSTANT} in the file. */
  readonly constant?: Buffer;
  /** Writable data; at {@link WRITABLE}. */
  readonly writable?: Buffer;
  /** What is not loaded. */
  readonly tail?: Buffer;
  /** In the first bytes, behind the list of segments. */
  readonly head?: Buffer;
}

export const CONSTANT = 0x1000;
export const WRITABLE = 0x4000;
/** How far addresses are from places in the file. */
export const BASE = 0x400000;
const TAIL = 0x8000;

/** Of 64 bits, little-endian. */
export function anElf({ constant, writable, tail, head }: AnElf): Buffer {
  const file = Buffer.alloc(TAIL);
  file.write('\x7fELF\x02\x01\x01', 'latin1');
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(2, 56);
  for (const [nth, [flags, at, length]] of [
    [4, CONSTANT, constant?.length ?? 0],
    [6, WRITABLE, writable?.length ?? 0],
  ].entries() as Iterable<[number, [number, number, number]]>) {
    const entry = 64 + nth * 56;
    file.writeUInt32LE(1, entry);
    file.writeUInt32LE(flags, entry + 4);
    file.writeBigUInt64LE(BigInt(at), entry + 8);
    file.writeBigUInt64LE(BigInt(at + BASE), entry + 16);
    file.writeBigUInt64LE(BigInt(length), entry + 32);
  }
  head?.copy(file, 512);
  constant?.copy(file, CONSTANT);
  writable?.copy(file, WRITABLE);
  return Buffer.concat([file, tail ?? Buffer.alloc(0)]);
}

const MARK = Buffer.from('\xff Go buildinf:', 'latin1');
const START = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const STOP = Buffer.from('f932433186182072008242104116d8f2', 'hex');

/** Go's build information, as Go writes it since 1.18. */
export function goBuildInfo(version: string, modules: string): Buffer {
  const framed = modules === '' ? Buffer.alloc(0) : Buffer.concat([START, Buffer.from(modules), STOP]);
  return Buffer.concat([
    MARK,
    Buffer.from([8, 2]),
    Buffer.alloc(16),
    varint(Buffer.byteLength(version)),
    Buffer.from(version),
    varint(framed.length),
    framed,
  ]);
}

/** A program of Go. */
export function goProgram(version: string, modules: string): Buffer {
  return anElf({ writable: goBuildInfo(version, modules) });
}

/** A program of Rust, built with cargo-auditable. */
export function rustProgram(list: unknown, name = '.dep-v0'): Buffer {
  const packed = typeof list === 'string' ? Buffer.from(list) : deflateSync(JSON.stringify(list));
  return anElf({ tail: Buffer.concat([packed, Buffer.from(`\0.text\0${name}\0`)]) });
}

export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  while (left >= 0x80) {
    bytes.push((left % 0x80) + 0x80);
    left = Math.floor(left / 0x80);
  }
  return Buffer.from([...bytes, left]);
}
