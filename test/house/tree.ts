/** The files of the repository, as the tests of the house read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** What is made, fetched or copied in, and so not ours to keep in order. */
const NOT_OURS =
  /^(?:\.git|node_modules|coverage|dist|cdk\.out|reports|\.stryker-tmp|\.cavendish|test\/fixtures)(?:\/|$)/u;

export interface SourceFile {
  /** From the top, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** The files below a folder (`''` for all) whose path matches, in order. */
export function filesOf(folder: string, matching: RegExp): readonly SourceFile[] {
  return pathsBelow(folder)
    .filter((path) => matching.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

function pathsBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name).split(sep).join('/');
    if (NOT_OURS.test(path)) return [];
    return entry.isDirectory() ? pathsBelow(path) : [path];
  });
}

export function linesOf({ text }: SourceFile): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
