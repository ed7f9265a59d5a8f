/** What differs between two appetites, as lines: + is new, - is gone, ~ is another. */
import { counted, plainLine } from '../../core/text/plain.ts';
import type { AppetiteChange } from '../../pipeline/appetite/diff-appetites.ts';
import type { Io } from '../io.ts';
import { coloursFor } from './colours.ts';

/** Characters of a value beside another. */
const LONGEST = 300;

export function renderAppetiteDiff(changes: readonly AppetiteChange[], io: Pick<Io, 'stdout'>): string {
  if (changes.length === 0) return 'They say the same.';
  const { good, bad } = coloursFor(io.stdout);
  const lines = changes.map(({ path, change, before, after }) => {
    const where = plainLine(path);
    switch (change) {
      case 'added':
        return good(`+ ${where}${valueOf(after)}`);
      case 'removed':
        return bad(`- ${where}${valueOf(before)}`);
      case 'changed':
        return isLong(before) || isLong(after)
          ? `~ ${where}: another text`
          : `~ ${where}: ${shown(before)} -> ${shown(after)}`;
    }
  });
  return [...lines, '', counted(changes.length, 'difference')].join('\n');
}

/** A statement is read whole: cavendish appetite show. */
function isLong(value: unknown): boolean {
  return typeof value === 'string' && value.length > LONGEST;
}

/** Of what is there or not nothing needs to be said but its name. */
function valueOf(value: unknown): string {
  return value === true ? '' : `: ${shown(value)}`;
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, one]) => one !== null && one !== '')
      .map(([name, one]) => `${name} ${shown(one)}`)
      .join('; ');
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' || text === 'null' ? 'none' : plainLine(text);
}
