/**
 * Packages of PHP: what Composer notes in its folder among those that it installed.
 */
import { catalogerOfNotes } from '../notes.ts';
import { MOST_JSON_BYTES } from '../stated.ts';
import { parseInstalled } from './parse.ts';

const INSTALLED = /(?:^|\/)composer\/installed\.json$/u;

export const php = catalogerOfNotes({
  name: 'php',
  type: 'composer',
  isNote: (path) => INSTALLED.test(path),
  mostBytes: MOST_JSON_BYTES,
  read: (_path, bytes) => parseInstalled(bytes),
  ofOne: false,
});
