/**
 * Reads the header of a package (rpm.org, "RPM Header Format"): an index of tags, and the
 * data that it points into.
 *
 * A header comes from whoever made the image: nothing of the index is believed before it is known
 * to lie within the data.
 */
import { Damage } from './pieces.ts';

/** Those that are asked for (rpmtag.h). */
export const TAGS = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  licence: 1014,
  architecture: 1022,
  fileStates: 1029,
  fileFlags: 1037,
  sourceRpm: 1044,
  directoryIndexes: 1116,
  baseNames: 1117,
  directoryNames: 1118,
} as const;

export type Tag = keyof typeof TAGS;

export interface Header {
  /** The text of a tag; null where there is none. */
  text(tag: Tag): string | null;
  texts(tag: Tag): readonly string[];
  /** None where there is no such tag. */
  numbers(tag: Tag): readonly number[];
}

interface Entry {
  readonly type: number;
  readonly offset: number;
  readonly count: number;
}

const INTRO = 8;
const ENTRY = 16;
/** Of rpm itself (header.c). */
const MOST_TAGS = 0xffff;
/** Values of one tag that are read: files of a package, of which the largest have some 100,000. */
const MOST_VALUES = 500_000;
const CHAR = 1;
const INT8 = 2;
const INT32 = 4;
const STRING = 6;
const STRING_ARRAY = 8;
const I18N_STRING = 9;
const ASKED: ReadonlySet<number> = new Set(Object.values(TAGS));

/** @throws Damage, as do the functions of what it answers */
export function readHeader(bytes: Buffer): Header {
  if (bytes.length < INTRO) throw new Damage('has a header that is cut off');
  const tags = bytes.readUInt32BE(0);
  const size = bytes.readUInt32BE(4);
  if (tags === 0 || tags > MOST_TAGS || INTRO + tags * ENTRY + size !== bytes.length) {
    throw new Damage('has a header that does not have its length');
  }
  return over(indexOf(bytes, tags), bytes.subarray(INTRO + tags * ENTRY));
}

/** What was added when the package was installed stands behind what was built, and counts. */
function indexOf(bytes: Buffer, tags: number): ReadonlyMap<number, Entry> {
  const index = new Map<number, Entry>();
  for (let at = INTRO; at < INTRO + tags * ENTRY; at += ENTRY) {
    const tag = bytes.readUInt32BE(at);
    if (!ASKED.has(tag)) continue;
    const [type, offset, count] = [4, 8, 12].map((field) => bytes.readUInt32BE(at + field)) as [number, number, number];
    index.set(tag, { type, offset, count });
  }
  return index;
}

function over(index: ReadonlyMap<number, Entry>, data: Buffer): Header {
  function texts(tag: Tag): readonly string[] {
    const entry = index.get(TAGS[tag]);
    if (entry === undefined) return [];
    const { type, offset, count } = entry;
    if ((type !== STRING || count !== 1) && type !== STRING_ARRAY && type !== I18N_STRING) throw misfit(tag);
    if (offset > data.length || count > MOST_VALUES) throw misfit(tag);
    const found: string[] = [];
    let at = offset;
    while (found.length < count) {
      const end = data.indexOf(0, at);
      if (end === -1) throw misfit(tag);
      found.push(data.toString('utf8', at, end));
      at = end + 1;
    }
    return found;
  }

  function numbers(tag: Tag): readonly number[] {
    const entry = index.get(TAGS[tag]);
    if (entry === undefined) return [];
    const { type, offset, count } = entry;
    const width = type === INT32 ? 4 : 1;
    if (type !== INT32 && type !== INT8 && type !== CHAR) throw misfit(tag);
    if (offset + count * width > data.length || count > MOST_VALUES) throw misfit(tag);
    return Array.from({ length: count }, (_, nth) => data.readUIntBE(offset + nth * width, width));
  }

  return {
    texts,
    numbers,
    text: (tag) => texts(tag)[0] ?? null,
  };
}

function misfit(tag: Tag): Damage {
  return new Damage(`has a header whose ${tag} does not lie in its data`);
}
