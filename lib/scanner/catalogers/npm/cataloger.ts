/**
 * Packages of npm, whoever installed them: the manifests in `node_modules`. The application's own
 * manifest is no package.
 */
import { catalogStated } from '../catalog-stated.ts';
import type { Cataloger } from '../cataloger.ts';
import { type StatedContent, statedContent } from '../stated.ts';
import { parseManifest } from './parse.ts';
import { isManifest } from './place.ts';

export const npm: Cataloger<StatedContent> = {
  name: 'npm',
  folders: [],
  wants: isManifest,
  read: (_path, bytes) => parseManifest(bytes),
  content: statedContent,
  catalog: (files) => catalogStated('npm', files.all()),
};
