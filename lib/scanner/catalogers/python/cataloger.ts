/**
 * Distributions of Python: what installers note beside the modules.
 */
import { catalogStated } from '../catalog-stated.ts';
import type { Cataloger, Found } from '../cataloger.ts';
import { type StatedContent, statedContent } from '../stated.ts';
import { parseFolder, parseMetadata } from './parse.ts';
import { isNote, isRecord, metadataBeside } from './place.ts';

export const python: Cataloger<StatedContent> = {
  name: 'python',
  folders: [],
  wants: isNote,
  read: (path, bytes) => (isRecord(path) ? parseFolder(path) : parseMetadata(path, bytes)),
  content: statedContent,
  catalog: (files) => catalogStated('pypi', withoutSpareRecords(files.all())),
};

/** A list of files speaks for its distribution only where there are no metadata. */
function withoutSpareRecords(files: readonly Found<StatedContent>[]): readonly Found<StatedContent>[] {
  const paths = new Set(files.map((found) => (found.is === 'absent' ? '' : found.path)));
  return files.filter((found) => {
    if (found.is === 'absent') return false;
    return !isRecord(found.path) || !paths.has(metadataBeside(found.path));
  });
}
