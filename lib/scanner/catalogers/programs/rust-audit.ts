/**
 * Finds and reads what cargo-auditable writes into a program of Rust: the section `.dep-v0`, a list
 * of crates in JSON, compressed (https://github.com/rust-secure-code/cargo-auditable, PARSING.md).
 *
 * The section is not loaded, and the table of sections comes after it. So what is compressed and
 * begins like that list is kept as it goes by, and counts where the file has a section of that name.
 */
import { constants, inflateSync } from 'node:zlib';
import { z } from 'zod';

import type { ElfHead, Region } from './elf.ts';
import type { Module } from './go-build.ts';
import type { Capture, Needle, Stream } from './needles.ts';

export interface RustProgram {
  /** Crates of crates.io that were built in. */
  readonly crates: readonly Module[];
  readonly problems: readonly string[];
}

export interface RustAudit {
  readonly needles: readonly Needle[];
  /** At the end of the file; null where it has no such section. */
  program(): RustProgram | null;
}

const SECTION = Buffer.from('.dep-v0\0');
/** The first two bytes of what zlib writes, by level. */
const PACKED = [0x01, 0x5e, 0x9c, 0xda].map((level) => Buffer.from([0x78, level]));
const BEGINS = /^\s*\{\s*"(?:packages|format)"/u;

const MOST_BYTES = 512 * 1024;
const MOST_UNPACKED = 8 * 1024 * 1024;
const MOST_LISTS = 4;
const MOST_TRIES = 2000;
const MOST_BEGINNING = 64 * 1024;

const list = z.object({
  packages: z.array(
    z.object({
      name: z.string().regex(/^[\w-]{1,200}$/u),
      version: z.string().regex(/^[!-~]{1,200}$/u),
      source: z.string(),
      /** What only the build needed is not in the program. */
      kind: z.enum(['runtime', 'build']).default('runtime'),
    }),
  ),
});

/** Sources by which cargo-auditable says that a crate is of crates.io. */
const CRATES_IO: ReadonlySet<string> = new Set(['crates.io', 'registry']);

export function rustAudit({ segments }: ElfHead, stream: () => Stream): RustAudit {
  const loaded = segments.map(({ to }) => to).filter(Number.isSafeInteger);
  const tail: Region = { from: Math.max(0, ...loaded), to: Number.POSITIVE_INFINITY };
  const lists: Capture[] = [];
  let named = false;
  let tries = 0;

  function packed(offset: number, ahead: Buffer): void {
    const first = ahead[2] ?? 0;
    // A compressed block of either kind: what is stored as it is was not worth it, or is no list.
    if ((first & 6) === 0 || (first & 6) === 6 || lists.length === MOST_LISTS || tries === MOST_TRIES) return;
    tries += 1;
    if (BEGINS.test(beginningOf(ahead))) lists.push(stream().keep(offset, MOST_BYTES));
  }

  return {
    needles: [
      { bytes: SECTION, regions: [tail], found: () => void (named = true) },
      ...PACKED.map((bytes) => ({ bytes, regions: [tail], found: packed })),
    ],
    program() {
      if (!named) return null;
      const read = lists.map((one) => readList(one.bytes())).find((one) => one !== null);
      return read ?? { crates: [], problems: ['has a list of crates that could not be read'] };
    },
  };
}

function beginningOf(bytes: Buffer): string {
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_BEGINNING };
    return inflateSync(bytes, options).toString('latin1');
  } catch {
    return '';
  }
}

/** Null where it is no such list. */
function readList(bytes: Buffer): RustProgram | null {
  try {
    const text = inflateSync(bytes, { maxOutputLength: MOST_UNPACKED }).toString();
    const { packages } = list.parse(JSON.parse(text));
    const crates = packages
      .filter(({ kind, source }) => kind === 'runtime' && CRATES_IO.has(source))
      .map(({ name, version }) => ({ name, version }));
    return { crates, problems: [] };
  } catch {
    return null;
  }
}
