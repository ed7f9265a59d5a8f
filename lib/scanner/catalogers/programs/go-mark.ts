/**
 * Finds Go's build information in a program (go/src/debug/buildinfo).
 *
 * Go 1.18 and later write it inline behind a mark; before, the mark was followed by two pointers to
 * strings that lie elsewhere, earlier in the file: candidates for these are kept as they go by.
 */
import { type ElfHead, offsetOf, readAddress, type Region } from './elf.ts';
import type { Capture, Needle, Stream } from './needles.ts';

/** What Go wrote, as text. */
export interface GoBuild {
  /** `go1.22.1`; empty where it could not be read. */
  readonly version: string;
  /** Lines of modules and settings; empty where there are none. */
  readonly modules: string;
}

export interface GoMark {
  readonly needles: readonly Needle[];
  /** At the end of the file; null where there is no mark. */
  build(): GoBuild | null;
}

const MARK = Buffer.from('\xff Go buildinf:', 'latin1');
const ALIGNED = 16;
const HEADER = 32;
const INLINE = 2;
const BIG_ENDIAN = 1;
/** The mark of the text of modules, before and after it (cmd/go/internal/modload). */
const MODULES_START = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const FRAME = MODULES_START.length;
const VERSION_START = Buffer.from('go1.');

/** Of a program with thousands of modules; and the bounds of hostile ones. */
const MOST_BYTES = 512 * 1024;
const MOST_MARKS = 4;
const MOST_VERSIONS = 256;

/** @param all - where to look in a file whose segments can't be read */
export function goMark(head: ElfHead, stream: () => Stream, all: readonly Region[]): GoMark {
  const writable = head.segments.filter((one) => one.writable);
  // The linker's note comes before everything else: without it nothing is sought that only old programs have.
  const constant = head.goNote ? head.segments.filter((one) => !one.writable && !one.executable) : [];
  const marks: (() => GoBuild | null)[] = [];
  const versions = new Map<number, Buffer>();
  const modules = new Map<number, Capture>();

  function mark(offset: number, ahead: Buffer): void {
    if (offset % ALIGNED !== 0 || ahead.length < HEADER || marks.length === MOST_MARKS) return;
    const flags = ahead.readUInt8(15);
    marks.push((flags & INLINE) === 0 ? pointed(ahead, flags) : inline(offset));
  }

  function inline(offset: number): () => GoBuild | null {
    const kept = stream().keep(offset + HEADER, MOST_BYTES);
    return () => {
      const version = readString(kept.bytes());
      const text = version === null ? null : readString(version.rest);
      if (version === null) return null;
      return { version: version.text.toString(), modules: unframed(text?.text ?? Buffer.alloc(0)) };
    };
  }

  function pointed(ahead: Buffer, flags: number): () => GoBuild | null {
    const size = ahead.readUInt8(14);
    if (size !== 4 && size !== 8) return () => null;
    const littleEndian = (flags & BIG_ENDIAN) === 0;
    const read = (bytes: Buffer, at: number): number => readAddress(bytes, at, size, littleEndian);
    const headers = [16, 16 + size].map((at) => {
      const offset = offsetOf(head, read(ahead, at));
      return offset === null ? null : stream().keep(offset, 2 * size);
    });
    const placeOf = (nth: number): { offset: number | null; length: number } => {
      const bytes = headers[nth]?.bytes() ?? Buffer.alloc(0);
      if (bytes.length < 2 * size) return { offset: null, length: 0 };
      return { offset: offsetOf(head, read(bytes, 0)), length: read(bytes, size) };
    };
    return () => {
      const version = placeOf(0);
      const text = placeOf(1);
      const bytes = modules.get(text.offset ?? -1)?.bytes() ?? Buffer.alloc(0);
      return {
        version: (versions.get(version.offset ?? -1) ?? Buffer.alloc(0)).subarray(0, version.length).toString(),
        modules: text.length > bytes.length ? '' : unframed(bytes.subarray(0, text.length)),
      };
    };
  }

  return {
    needles: [
      { bytes: MARK, regions: head.segments.length === 0 ? all : writable, found: mark },
      {
        bytes: MODULES_START,
        regions: constant,
        found: (offset) => {
          if (modules.size < MOST_MARKS) modules.set(offset, stream().keep(offset, MOST_BYTES));
        },
      },
      {
        bytes: VERSION_START,
        regions: constant,
        found: (offset, ahead) => {
          if (versions.size < MOST_VERSIONS) versions.set(offset, Buffer.from(ahead));
        },
      },
    ],
    build() {
      if (marks.length === 0) return null;
      const builds = marks.map((read) => read()).filter((one) => one !== null);
      return builds.find(({ version }) => version !== '') ?? builds[0] ?? { version: '', modules: '' };
    },
  };
}

/** A string behind its length, which is a varint; null where it is cut off, or no length. */
function readString(bytes: Buffer): { text: Buffer; rest: Buffer } | null {
  let length = 0;
  for (let at = 0; at < Math.min(bytes.length, 5); at += 1) {
    const byte = bytes.readUInt8(at);
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte >= 0x80) continue;
    const from = at + 1;
    if (from + length > bytes.length) return null;
    return { text: bytes.subarray(from, from + length), rest: bytes.subarray(from + length) };
  }
  return null;
}

/** Without the marks before and after it. */
function unframed(text: Buffer): string {
  if (text.length <= 2 * FRAME || text[text.length - FRAME - 1] !== 0x0a) return '';
  return text.subarray(FRAME, text.length - FRAME).toString();
}
