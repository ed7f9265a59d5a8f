/**
 * Distributions of Python: what installers note beside the modules.
 */
import { catalogerOfNotes } from '../notes.ts';
import { parseFolder, parseMetadata } from './parse.ts';
import { isNote, isRecord, metadataBeside } from './place.ts';

/** Fields come before the description, which may be long; of nothing behind this is anything asked. */
const MOST_BYTES = 1024 * 1024;

export const python = catalogerOfNotes({
  name: 'python',
  type: 'pypi',
  isNote,
  mostBytes: MOST_BYTES,
  read: (path, bytes) => (isRecord(path) ? parseFolder(path) : parseMetadata(path, bytes)),
  ofOne: true,

  /** A list of files speaks for its distribution only where there are no metadata. */
  counting(notes) {
    const paths = new Set(notes.map((note) => (note.is === 'absent' ? '' : note.path)));
    return notes.filter(
      (note) => note.is !== 'absent' && !(isRecord(note.path) && paths.has(metadataBeside(note.path))),
    );
  },
});
