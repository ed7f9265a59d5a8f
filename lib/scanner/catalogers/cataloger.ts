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
export type CataloguedPackage = Pick<Package, 'type' | 'name' | 'version' | 'architecture' | 'source' | 'path'>;

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
}

export interface Catalogued {
  readonly packages: readonly CataloguedPackage[];
  readonly gaps: readonly Gap[];
  /** A package database is there, be it empty. */
  readonly database: boolean;
  /** Paths of files that came with these packages: they are no packages of their own. Asked of the whole image only. */
  readonly owns: () => readonly string[];
  /** Where the files say which operating system this is. */
  readonly distribution: Distribution | null;
}

export interface Cataloger<Content> {
  readonly name: string;
  /** The folders that it reads in. A symbolic link in place of one, or above one, is kept. */
  readonly folders: readonly string[];
  wants(path: string): boolean;
  /** Reads one file. What is wrong with it is content too: it never throws. */
  read(path: string, bytes: Uint8Array): Content;
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
