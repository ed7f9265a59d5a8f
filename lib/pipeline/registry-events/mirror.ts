/**
 * The mirror: what the registry held when it was last asked, by manifest. The sweep compares it with the
 * registry, and an image that was pushed as a part of an index is known by it.
 */
import { z } from 'zod';

import { isCavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import { MIRROR_PREFIX, mirrorKey, mirrorListedKey, mirrorPartition } from '../../core/register/keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { ListedImage, Repository } from '../ports/registry-listing.ts';
import { readAll } from '../read-board/read-board.ts';

const mirrored = z.object({
  digest: digestSchema,
  /** Null while the registry holds it and gives it out. */
  gone: z.enum(['deleted', 'archived']).nullable(),
  /** When that was learnt (ISO 8601). */
  at: z.string(),
  mediaType: z.string().nullable(),
  /** Tags whose push was taken in, and that still point here. */
  tags: z.array(z.string()).readonly(),
});

export type Mirrored = Readonly<z.infer<typeof mirrored>>;

/** Another event of the same image may come between reading and writing. */
const TRIES = 8;

export async function readMirror(placement: Placement, register: RegisterStore): Promise<Mirrored | null> {
  const item = await register.get(mirrorKey(placement));
  return item === null ? null : mirrored.parse(item.body);
}

/** All of a repository, by digest. */
export async function readMirrors(
  repository: Repository,
  register: RegisterStore,
): Promise<ReadonlyMap<Digest, Mirrored>> {
  const items = await readAll(register, { pk: mirrorPartition(repository), beginsWith: MIRROR_PREFIX });
  return new Map(items.map(({ body }) => mirrored.parse(body)).map((one) => [one.digest, one]));
}

/** The registry holds it: remembered with the tag whose push is taken in, and what it was before. */
export async function mirrorPresent(
  placement: Placement,
  { listed, tag, at }: { readonly listed: ListedImage; readonly tag: string | null; readonly at: string },
  register: RegisterStore,
): Promise<Mirrored | null> {
  return await change(placement, register, (before) => {
    const taken = [...(before?.tags ?? []), ...(tag === null ? [] : [tag])];
    const tags = [...new Set(taken)].filter((name) => listed.tags.includes(name)).sort();
    return { digest: placement.digest, gone: null, at, mediaType: listed.mediaType, tags };
  });
}

export async function mirrorGone(
  placement: Placement,
  { why, at }: { readonly why: 'deleted' | 'archived'; readonly at: string },
  register: RegisterStore,
): Promise<Mirrored | null> {
  return await change(placement, register, (before) => ({
    ...{ digest: placement.digest, gone: why, at, mediaType: before?.mediaType ?? null },
    tags: [],
  }));
}

/** @returns what was there before */
async function change(
  placement: Placement,
  register: RegisterStore,
  next: (before: Mirrored | null) => Mirrored,
): Promise<Mirrored | null> {
  for (let tried = 1; ; tried += 1) {
    const stored = await register.get(mirrorKey(placement));
    const before = stored === null ? null : mirrored.parse(stored.body);
    const when = stored === null ? 'absent' : { version: stored.version };
    try {
      await register.commit({ puts: [{ item: { ...mirrorKey(placement), body: { ...next(before) } }, when }] });
      return before;
    } catch (error) {
      if (!isCavendishError(error, 'conflict') || tried === TRIES) throw error;
    }
  }
}

export async function isMirrorListed(placement: Placement, register: RegisterStore): Promise<boolean> {
  return (await register.get(mirrorListedKey(placement))) !== null;
}
