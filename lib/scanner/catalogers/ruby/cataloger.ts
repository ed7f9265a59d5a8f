/**
 * Gems: the specifications that RubyGems writes when it installs them, those of the gems that come
 * with Ruby among them.
 */
import { catalogStated } from '../catalog-stated.ts';
import type { Cataloger } from '../cataloger.ts';
import { type StatedContent, statedContent } from '../stated.ts';
import { parseGemspec } from './parse.ts';

const SPECIFICATION = /(?:^|\/)specifications\/(?:default\/)?[^/]+\.gemspec$/u;

export const ruby: Cataloger<StatedContent> = {
  name: 'ruby',
  folders: [],
  wants: (path) => SPECIFICATION.test(path),
  read: parseGemspec,
  content: statedContent,
  catalog: (files) => catalogStated('gem', files.all()),
};
