/**
 * Packages of npm, whoever installed them: the manifests in `node_modules`. The application's own
 * manifest is no package.
 */
import { catalogerOfNotes } from '../notes.ts';
import { MOST_JSON_BYTES } from '../stated.ts';
import { parseManifest } from './parse.ts';
import { isManifest } from './place.ts';

export const npm = catalogerOfNotes({
  name: 'npm',
  type: 'npm',
  isNote: isManifest,
  mostBytes: MOST_JSON_BYTES,
  read: (_path, bytes) => parseManifest(bytes),
  ofOne: true,
});
