/**
 * The order of Debian's versions, and of its derivatives'.
 *
 * `[epoch:]upstream[-revision]`, by the Debian Policy Manual, section 5.6.12: epochs as numbers,
 * then upstream, then revision. Each of these two is compared piece by piece, a run of
 * non-digits and then a run of digits; among non-digits `~` comes before even the end, and
 * letters before everything else.
 *
 * What dpkg only warns of is read as dpkg orders it (a version that begins with a letter); what
 * dpkg refuses, and characters that no version has, are unparsable.
 */
import { compareDigits } from './pieces.ts';
import { type Order, orderOf, refusal, type Unparsable, type VersionScheme } from './version.ts';

export interface DpkgVersion {
  readonly epoch: number;
  readonly upstream: string;
  /** Empty where there is none: the same as `0`. */
  readonly revision: string;
}

/** dpkg keeps an epoch in a C int. */
const GREATEST_EPOCH = 2_147_483_647;

const DIGITS = /^\d+$/u;
const UPSTREAM = /^[A-Za-z0-9.+~:-]+$/u;
const REVISION = /^[A-Za-z0-9.+~]+$/u;

export function parseDpkg(text: string): DpkgVersion | Unparsable {
  const refuse = (why: string): Unparsable => refusal(text, why);

  const version = text.trim();
  if (version === '') return refuse('it is empty');

  const colon = version.indexOf(':');
  const epoch = colon === -1 ? '0' : version.slice(0, colon);
  if (!DIGITS.test(epoch)) return refuse('its epoch is not a number');
  if (Number(epoch) > GREATEST_EPOCH) return refuse('its epoch is too large');

  const rest = version.slice(colon + 1);
  const hyphen = rest.lastIndexOf('-');
  const upstream = hyphen === -1 ? rest : rest.slice(0, hyphen);
  const revision = hyphen === -1 ? '' : rest.slice(hyphen + 1);
  if (upstream === '') return refuse('it has no upstream version');
  if (hyphen !== -1 && revision === '') return refuse('its revision is empty');
  if (!UPSTREAM.test(upstream)) return refuse('its upstream version has a character that no version has');
  if (hyphen !== -1 && !REVISION.test(revision)) return refuse('its revision has a character that no version has');

  return { epoch: Number(epoch), upstream, revision };
}

export function compareDpkg(a: DpkgVersion, b: DpkgVersion): Order {
  return orderOf(a.epoch, b.epoch) || comparePart(a.upstream, b.upstream) || comparePart(a.revision, b.revision);
}

export const dpkg: VersionScheme<DpkgVersion> = { parse: parseDpkg, compare: compareDpkg };

function comparePart(a: string, b: string): Order {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a, i)) || (j < b.length && !isDigit(b, j))) {
      const order = orderOf(weight(a, i), weight(b, j));
      if (order !== 0) return order;
      i += 1;
      j += 1;
    }
    const endA = endOfDigits(a, i);
    const endB = endOfDigits(b, j);
    const order = compareDigits(a.slice(i, endA), b.slice(j, endB));
    if (order !== 0) return order;
    i = endA;
    j = endB;
  }
  return 0;
}

/** Among non-digits: `~`, then the end of the run, then letters, then the rest. */
function weight(text: string, at: number): number {
  if (at >= text.length || isDigit(text, at)) return 0;
  const code = text.charCodeAt(at);
  if (code === 0x7e) return -1;
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  return isLetter ? code : code + 256;
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text, end)) end += 1;
  return end;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}
