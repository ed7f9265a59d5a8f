/** Text that has to fit a channel. */
import { counted } from './plain.ts';

/**
 * Cuts text between two lines to at most that many bytes of UTF-8, and says how many lines were left out.
 *
 * @param most - bytes; what is said in place of the rest fits within
 */
export function fitLines(text: string, most: number): string {
  const encoder = new TextEncoder();
  if (encoder.encode(text).length <= most) return text;
  const lines = text.split('\n');
  const restOf = (kept: number): string =>
    `... and ${counted(lines.length - kept, 'line')} more, which did not fit: see it whole by its assessment.\n`;
  let left = most - encoder.encode(restOf(0)).length;
  let kept = 0;
  for (const line of lines) {
    left -= encoder.encode(line).length + 1;
    if (left < 0) break;
    kept += 1;
  }
  return [...lines.slice(0, kept), restOf(kept)].join('\n');
}
