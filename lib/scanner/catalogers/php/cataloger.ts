/**
 * Packages of PHP: what Composer notes in its folder among those that it installed.
 */
import { catalogStated } from '../catalog-stated.ts';
import type { Cataloger } from '../cataloger.ts';
import { type StatedContent, statedContent } from '../stated.ts';
import { parseInstalled } from './parse.ts';

const INSTALLED = /(?:^|\/)composer\/installed\.json$/u;

export const php: Cataloger<StatedContent> = {
  name: 'php',
  folders: [],
  wants: (path) => INSTALLED.test(path),
  read: (_path, bytes) => parseInstalled(bytes),
  content: statedContent,
  catalog: (files) => catalogStated('composer', files.all()),
};
