/**
 * What the registry holds by name, kept in the register store.
 *
 * | partition | sort key | |
 * | --- | --- | --- |
 * | `REGISTRY` | `REPOSITORY#name` | that there is such a repository |
 * | `REGISTRY#name` | `TAG#tag` | the manifest that the tag names |
 * | `REGISTRY#name` | `MANIFEST#digest` | a manifest, and how often it was pushed |
 * | `REGISTRY#name` | `LISTED#digest` | that an index of the repository lists the manifest |
 *
 * A push is one commit: the items and the outbox entry that has the image judged, or nothing.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

import { isCavendishError } from '../../../core/errors/error.ts';
import type { Digest } from '../../../core/image/digest.ts';
import { digestSchema } from '../../../core/image/schemas.ts';
import type { Key, Put, RegisterStore } from '../../../pipeline/ports/register-store.ts';
import { type NamePage, namesAfter } from './paging.ts';

/** Two pushes may touch one tag at once; each try of the loser finds what the winner wrote. */
const TRIES = 20;
const MAX_PAUSE_MS = 20;
/** What fits in a commit beside the rest; of a larger index the other entries are marked after it. */
const MARKED_AT_ONCE = 90;

const manifestItem = z.object({
  digest: digestSchema,
  mediaType: z.string(),
  size: z.int().nonnegative(),
  /** Counts the pushes of this manifest. */
  revision: z.int().positive(),
  pushedAt: z.iso.datetime(),
});
const tagItem = z.object({ digest: digestSchema });

export type HeldManifest = Readonly<z.output<typeof manifestItem>>;

export interface PushedManifest {
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: Digest;
  readonly mediaType: string;
  readonly size: number;
  /** The manifests that an index lists; none for an image. */
  readonly lists: readonly Digest[];
}

export interface Catalogue {
  manifest(repository: string, digest: Digest): Promise<HeldManifest | null>;
  /** The digest that a tag names; null where there is no such tag. */
  tagged(repository: string, tag: string): Promise<Digest | null>;
  /** @throws CavendishError `conflict` where others push the same without end */
  record(push: PushedManifest, at: Date): Promise<void>;
  has(repository: string): Promise<boolean>;
  tags(repository: string, after: string, limit: number): Promise<NamePage>;
  repositories(after: string, limit: number): Promise<NamePage>;
}

const REGISTRY = 'REGISTRY';
const partition = (repository: string) => `${REGISTRY}#${repository}`;
const repositoryKey = (name: string): Key => ({ pk: REGISTRY, sk: `REPOSITORY#${name}` });
const tagKey = (repository: string, tag: string): Key => ({ pk: partition(repository), sk: `TAG#${tag}` });
const manifestKey = (repository: string, digest: Digest): Key => ({
  pk: partition(repository),
  sk: `MANIFEST#${digest}`,
});
const listedKey = (repository: string, digest: Digest): Key => ({ pk: partition(repository), sk: `LISTED#${digest}` });

/** True where an index of the repository lists the manifest: it was pushed as a part of that. */
export async function isListed(store: RegisterStore, repository: string, digest: Digest): Promise<boolean> {
  return (await store.get(listedKey(repository, digest))) !== null;
}

export function registryCatalogue(store: RegisterStore): Catalogue {
  async function manifest(repository: string, digest: Digest): Promise<HeldManifest | null> {
    const item = await store.get(manifestKey(repository, digest));
    return item === null ? null : manifestItem.parse(item.body);
  }

  async function tagged(repository: string, tag: string): Promise<Digest | null> {
    const item = await store.get(tagKey(repository, tag));
    return item === null ? null : tagItem.parse(item.body).digest;
  }

  async function tryToRecord(push: PushedManifest, pushedAt: string): Promise<void> {
    const { repository, tag, digest, mediaType, size, lists } = push;
    const [repositoryHeld, manifestHeld, tagHeld] = await Promise.all([
      store.get(repositoryKey(repository)),
      store.get(manifestKey(repository, digest)),
      tag === null ? null : store.get(tagKey(repository, tag)),
    ]);
    const marks = await newMarks(repository, lists.slice(0, MARKED_AT_ONCE));
    const revision = manifestHeld === null ? 1 : manifestItem.parse(manifestHeld.body).revision + 1;

    const body = { digest, mediaType, size, revision, pushedAt };
    const puts: Put[] = [
      { item: { ...manifestKey(repository, digest), body }, when: unchanged(manifestHeld) },
      ...marks,
    ];
    if (tag !== null) {
      puts.push({ item: { ...tagKey(repository, tag), body: { digest, pushedAt } }, when: unchanged(tagHeld) });
    }
    if (repositoryHeld === null) {
      puts.push({ item: { ...repositoryKey(repository), body: { name: repository } }, when: 'absent' });
    }
    const id = `push#${repository}#${tag ?? ''}#${digest}#${revision}`;
    await store.commit({
      puts,
      outbox: [{ id, type: 'image-pushed', body: { repository, tag, digest, mediaType, pushedAt } }],
    });
  }

  async function newMarks(repository: string, lists: readonly Digest[]): Promise<Put[]> {
    const keys = [...new Set(lists)].map((digest) => listedKey(repository, digest));
    const held = await Promise.all(keys.map((key) => store.get(key)));
    return keys.filter((_, at) => held[at] === null).map((key) => ({ item: { ...key, body: {} }, when: 'absent' }));
  }

  async function record(push: PushedManifest, at: Date): Promise<void> {
    await untilNoConflict(() => tryToRecord(push, at.toISOString()));
    for (let from = MARKED_AT_ONCE; from < push.lists.length; from += MARKED_AT_ONCE) {
      await untilNoConflict(async () => {
        const puts = await newMarks(push.repository, push.lists.slice(from, from + MARKED_AT_ONCE));
        if (puts.length > 0) await store.commit({ puts });
      });
    }
  }

  async function untilNoConflict(attempt: () => Promise<void>): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      try {
        await attempt();
        return;
      } catch (error) {
        if (!isCavendishError(error, 'conflict') || tried === TRIES) throw error;
        await sleep(Math.random() * MAX_PAUSE_MS);
      }
    }
  }

  return {
    manifest,
    tagged,
    record,
    has: async (repository) => (await store.get(repositoryKey(repository))) !== null,
    tags: (repository, after, limit) => namesAfter(store, partition(repository), 'TAG#', after, limit),
    repositories: (after, limit) => namesAfter(store, REGISTRY, 'REPOSITORY#', after, limit),
  };
}

function unchanged(held: { readonly version: number } | null): Put['when'] {
  return held === null ? 'absent' : { version: held.version };
}
