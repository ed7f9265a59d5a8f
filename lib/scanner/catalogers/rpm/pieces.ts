/**
 * What a reader of a package database hands on: the header of a package, or what is wrong.
 *
 * A reader goes on behind what is wrong as far as it can: what is read is shown, and that it is not
 * all becomes a gap.
 */

/** The message is the end of a sentence that begins with the database: `uses page 7 twice`. */
export class Damage extends Error {
  override readonly name = 'Damage';
}

/** A header is copied together from its pages: so much of one at most, some ten times the largest that is known. */
export const LARGEST_HEADER = 32 * 1024 * 1024;

export type Pieces = Generator<Buffer | Damage, void, undefined>;

/** What the work answers, or the damage that it met. */
export function attempt<T>(work: () => T): T | Damage {
  try {
    return work();
  } catch (error) {
    if (error instanceof Damage) return error;
    throw error;
  }
}

/** Numbers of pages, each of which may be used once: what goes in circles, or is shared, is damage. */
export interface PagesOnce {
  /** @throws Damage where the page was used before, or is not in the file */
  use(page: number): void;
}

/** @param first - the number of the first page */
export function pagesOnce(first: number, count: number): PagesOnce {
  const used = new Uint8Array(Math.max(count, 0));
  return {
    use(page) {
      const nth = page - first;
      if (nth < 0 || nth >= count) throw new Damage(`points to page ${page}, which is not there`);
      if (used[nth] === 1) throw new Damage(`uses page ${page} twice`);
      used[nth] = 1;
    },
  };
}
