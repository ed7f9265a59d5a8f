/**
 * Reads what a program says of itself, from its bytes as they stream by: an ELF file is never held
 * in memory, and what is no ELF file is let go after its first bytes.
 */
import { z } from 'zod';

import { HEAD_BYTES, isElf, readElfHead } from './elf.ts';
import { readGoBuild } from './go-build.ts';
import { goMark } from './go-mark.ts';
import { searchStream, type Stream } from './needles.ts';
import { isRelease, MOST_RELEASE, readRelease, runtimeMark } from './runtimes.ts';
import { rustAudit } from './rust-audit.ts';

const named = z.object({ name: z.string(), version: z.string() }).readonly();
const modules = z.array(named).readonly();
const problems = z.array(z.string()).readonly();

export const programContent = z.object({
  go: z.object({ modules, problems }).nullable(),
  rust: z.object({ crates: modules, problems }).nullable(),
  /** A runtime that is known by its name, or Java's. */
  runtime: named.nullable(),
  /** It is packed by UPX, and can't be looked into. */
  packed: z.boolean(),
});

export type ProgramContent = z.output<typeof programContent>;

/** Takes the bytes of a file, piece by piece, and says at the end what it was. */
export interface ProgramReader {
  write(piece: Uint8Array): void;
  /** Null where it says nothing of itself. */
  end(): ProgramContent | null;
}

interface Reading {
  readonly stream: Stream;
  content(): ProgramContent | null;
}

/** @param path - of the file in the image */
export function readProgram(path: string): ProgramReader {
  return isRelease(path) ? releaseReader() : elfReader(path.slice(path.lastIndexOf('/') + 1));
}

function elfReader(name: string): ProgramReader {
  let head: Buffer = Buffer.alloc(0);
  let reading: Reading | null = null;
  let open = true;

  function start(): void {
    reading = open ? startReading(name, head) : null;
    open = reading !== null;
    if (reading !== null) reading.stream.write(head);
    head = Buffer.alloc(0);
  }

  return {
    write(piece) {
      if (!open) return;
      if (reading !== null) {
        reading.stream.write(piece);
        return;
      }
      // A first piece that is large enough, as nearly all are, is not copied.
      head = head.length === 0 ? asBuffer(piece) : Buffer.concat([head, piece]);
      open = isElf(head);
      if (!open || head.length >= HEAD_BYTES) start();
    },
    end() {
      if (open && reading === null) start();
      reading?.stream.end();
      return reading?.content() ?? null;
    },
  };
}

function asBuffer(piece: Uint8Array): Buffer {
  return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
}

function startReading(name: string, bytes: Buffer): Reading | null {
  const head = readElfHead(bytes.subarray(0, HEAD_BYTES));
  if (head === null) return null;
  const streamed = (): Stream => stream;
  const all = [{ from: 0, to: Number.POSITIVE_INFINITY }];
  const go = goMark(head, streamed, all);
  const rust = rustAudit(head, streamed);
  const runtime = runtimeMark(name, head, all);
  const stream = searchStream([...go.needles, ...rust.needles, ...(runtime?.needles ?? [])]);

  return {
    stream,
    content() {
      const build = go.build() ?? (head.goNote ? { version: '', modules: '' } : null);
      const content = {
        go: build === null ? null : readGoBuild(build),
        rust: rust.program(),
        runtime: runtime?.runtime() ?? null,
        packed: head.upx,
      };
      return Object.values(content).some((part) => part !== null && part !== false) ? content : null;
    },
  };
}

/** Java says what it is in a text. */
function releaseReader(): ProgramReader {
  let text: Buffer = Buffer.alloc(0);
  return {
    write(piece) {
      if (text.length < MOST_RELEASE) text = Buffer.concat([text, piece]);
    },
    end() {
      const runtime = text.length < MOST_RELEASE ? readRelease(text.toString()) : null;
      return runtime === null ? null : { go: null, rust: null, runtime, packed: false };
    },
  };
}
