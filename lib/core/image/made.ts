/** When an image was made, where it says so and can be believed. */

/** Builds that are to be the same each time date their image to 1970, or to another day before Docker. */
const FIRST_IMAGES = Date.parse('2013-03-01T00:00:00Z');

/**
 * @param created - ISO 8601, as the image says; null where it doesn't
 * @returns milliseconds; null where it says nothing, or a date before there were images
 */
export function madeAt(created: string | null): number | null {
  const made = created === null ? Number.NaN : Date.parse(created);
  return made >= FIRST_IMAGES ? made : null;
}
