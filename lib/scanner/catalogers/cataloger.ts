/**
 * What reads one kind of package database.
 *
 * A cataloger names the files that it wants, reads each on its own when a layer is scanned, and
 * joins what was read when the image is whole. docs/scanner.md says how to add one.
 */
import type { z } from 'zod';

import type { Gap } from '../../core/sbom/gap.ts';
import type { Distribution, Package } from '../../core/sbom/inventory.ts';

/** What a cataloger says of a package: no layer, purl or ecosystem yet. */
export interface CataloguedPackage extends Required<
  Pick<Package, 'type' | 'name' | 'version' | 'architecture' | 'source' | 'path' | 'licences'>
> {
  /** How it was found, by a cataloger that has several ways. */
  readonly foundBy?: string;
}

/** A path of a file, and the package of the distribution that brought it. */
export type Owned = readonly [path: string, owner: CataloguedPackage];

/** A file that a cataloger asked for. */
export type Found<Content> =
  | { readonly is: 'absent' }
  | { readonly is: 'read'; readonly path: string; readonly content: Content }
  /** It is there, or may be, and was not read. */
  | { readonly is: 'blocked'; readonly path: string; readonly why: string };

/** The image as a cataloger sees it: links followed, inside the image and only there. */
export interface Files<Content> {
  file(path: string): Found<Content>;
  /** What was read in a folder, in the order of names; not in the folders under it. */
  folder(path: string): readonly Found<Content>[];
  /** All that was read, anywhere, and all that was to be and was not, in the order of paths. */
  all(): readonly Found<Content>[];
}

/** Takes the bytes of a file as they go by, and keeps what it needs of them and no more. It never throws. */
export interface ContentReader<Content> {
  write(piece: Uint8Array): void;
  /** The file is at its end; null where it holds nothing for the cataloger. */
  end(): Content | null;
}

/** A file, or an archive in one, that holds packages which could not be read. */
export interface Unread {
  readonly path: string;
  readonly ecosystem: string;
  /** The end of a sentence about the file: `does not say what it is`. */
  readonly why: string;
  /** It passes a bound: how much is hidden behind it nobody can say. */
  readonly exceeds: boolean;
}

export interface Catalogued {
  readonly packages: readonly CataloguedPackage[];
  readonly gaps: readonly Gap[];
  /** Gaps too, unless a package of the distribution brought the file. */
  readonly unread?: readonly Unread[];
  /** A package database is there, be it empty. */
  readonly database: boolean;
  /** The files that came with packages of the distribution: what they hold is no package of its own. */
  readonly owns: () => Iterable<Owned>;
  /** Where the files say which operating system this is. */
  readonly distribution: Distribution | null;
}

export interface Cataloger<Content> {
  readonly name: string;
  /** The folders that it asks for by name. A symbolic link in place of one, or above one, is kept. */
  readonly folders: readonly string[];
  wants(path: string): boolean;
  /**
   * Reads one file. What is wrong with it is content too: it never throws.
   *
   * @param matters - true for the paths whose owner matters: what is at them is, or gives away, a package
   */
  read(path: string, bytes: Uint8Array, matters: (path: string) => boolean): Content;
  /**
   * Reads as the bytes go by, with bounds of its own instead of the scanner's; `read` is then for what
   * is held anyway.
   *
   * @param size - bytes that there will be
   */
  open?(path: string, size: number, matters: (path: string) => boolean): ContentReader<Content>;
  /** True for a file that nobody wants by its name and that is opened all the same: its content says what it is. */
  looksInto?(path: string, size: number): boolean;
  /** The schema of what `read` answers: it is kept as JSON. */
  readonly content: z.ZodType<Content>;
  catalog(files: Files<Content>): Catalogued;
}

/** A cataloger among others, whose content only it understands. */
export type AnyCataloger = Cataloger<unknown>;

/** Nothing found: where a cataloger starts from. */
export const NOTHING: Catalogued = {
  packages: [],
  gaps: [],
  database: false,
  owns: () => [],
  distribution: null,
};

/** Takes a cataloger in among others. */
export function asAny<Content>(cataloger: Cataloger<Content>): AnyCataloger {
  // Only its own `read`, held to its own schema, makes what its `catalog` is given.
  return { ...cataloger, catalog: (files) => cataloger.catalog(files as Files<Content>) };
}
