/**
 * What makes a cataloger of a language: where its notes are and how one is read. The packages of an
 * image are what the notes state, wherever in the image they are.
 */
import type { Gap } from '../../core/sbom/gap.ts';
import type { PackageType } from '../../core/sbom/inventory.ts';
import {
  type Cataloger,
  type CataloguedPackage,
  type ContentReader,
  type Found,
  NOTHING,
  type Unread,
} from './cataloger.ts';
import { type StatedContent, statedContent } from './stated.ts';

type FoundNote = Found<StatedContent>;

export interface Notes {
  /** Of the cataloger, and of the ecosystem where one of its packages can't be read. */
  readonly name: string;
  readonly type: PackageType;
  /** True for a file that states packages. */
  isNote(path: string): boolean;
  /** Bytes of a note that matter: of more no more than one byte is held, which shows that there are more. */
  readonly mostBytes: number;
  /** Reads a note. It never throws. */
  read(path: string, bytes: Uint8Array): StatedContent;
  /**
   * A note is of one package: where it can't be read, that one is not known. Of many it is a database,
   * and nobody can say what is missing.
   */
  readonly ofOne: boolean;
  /** The notes that count, of all that were found. */
  counting?(notes: readonly FoundNote[]): readonly FoundNote[];
}

export function catalogerOfNotes({
  name,
  type,
  isNote,
  mostBytes,
  read,
  ofOne,
  counting = all,
}: Notes): Cataloger<StatedContent> {
  return {
    name,
    folders: [],
    wants: isNote,
    read: (path, bytes) => read(path, bytes.subarray(0, mostBytes + 1)),
    open: (path) => readBeginning(mostBytes + 1, (bytes) => read(path, bytes)),
    content: statedContent,

    catalog(files) {
      const notes = counting(files.all());
      const problems = notes.flatMap(problemIn);
      return {
        ...NOTHING,
        packages: notes.flatMap((note) => packagesIn(note, type)),
        gaps: ofOne ? [] : problems.map(malformed),
        unread: ofOne ? problems.map((problem): Unread => ({ ...problem, ecosystem: name, exceeds: false })) : [],
      };
    },
  };
}

function all(notes: readonly FoundNote[]): readonly FoundNote[] {
  return notes;
}

/** Holds the beginning of a file, and reads that at its end. */
function readBeginning(most: number, read: (bytes: Uint8Array) => StatedContent): ContentReader<StatedContent> {
  const pieces: Uint8Array[] = [];
  let room = most;
  return {
    write(piece) {
      if (room === 0) return;
      // What is written is only lent.
      pieces.push(Uint8Array.from(piece.subarray(0, room)));
      room -= Math.min(room, piece.byteLength);
    },
    end: () => read(Buffer.concat(pieces)),
  };
}

function packagesIn(note: FoundNote, type: PackageType): readonly CataloguedPackage[] {
  if (note.is !== 'read') return [];
  const { path, content } = note;
  return content.packages.map(({ name, version, licences }) => ({
    type,
    name,
    version,
    architecture: null,
    source: { name, version },
    path,
    licences,
  }));
}

interface Problem {
  readonly path: string;
  readonly why: string;
}

function problemIn(note: FoundNote): readonly Problem[] {
  if (note.is === 'absent') return [];
  if (note.is === 'blocked') return [note];
  const [first, ...more] = note.content.problems;
  if (first === undefined) return [];
  const others = more.length === 0 ? '' : `, and ${more.length} more`;
  return [{ path: note.path, why: `could not be read whole: ${first}${others}` }];
}

function malformed({ path, why }: Problem): Gap {
  return { kind: 'malformed-database', subject: path, message: `The package database ${path} ${why}.` };
}
