/**
 * Text that came from an image or a feed, made safe for where people read it.
 */

/**
 * Controls of terminals and mail, line breaks, whatever is drawn as nothing or turns the direction of
 * writing (Unicode's formats), and halves of characters, which no encoding can carry.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** One line without control characters: each becomes U+FFFD, so that nothing is hidden. */
export function plainLine(text: string): string {
  return text.replace(UNSAFE, '\ufffd');
}

/**
 * Printable ASCII only, for e-mail headers: letters without their accents (`Müller` is `Muller`), anything else `?`.
 * At most `limit` characters.
 */
export function asciiLine(text: string, limit: number): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/gu, '?');
  return ascii.length <= limit ? ascii : `${ascii.slice(0, limit - 3)}...`;
}

/** At most so many characters, and `…` where that is not all. No character is halved. */
export function cutShort(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most).join('')}…`;
}

/** `1 vulnerability`, `2 vulnerabilities`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
