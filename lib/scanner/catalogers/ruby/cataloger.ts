/**
 * Gems: the specifications that RubyGems writes when it installs them, those of the gems that come
 * with Ruby among them.
 */
import { catalogerOfNotes } from '../notes.ts';
import { parseGemspec } from './parse.ts';

const SPECIFICATION = /(?:^|\/)specifications\/(?:default\/)?[^/]+\.gemspec$/u;
/** All that is asked for comes first; lists of files, which may be long, follow. */
const MOST_BYTES = 1024 * 1024;

export const ruby = catalogerOfNotes({
  name: 'ruby',
  type: 'gem',
  isNote: (path) => SPECIFICATION.test(path),
  mostBytes: MOST_BYTES,
  read: parseGemspec,
  ofOne: true,
});
