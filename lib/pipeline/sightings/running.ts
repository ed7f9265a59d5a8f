/** What runs of an image: under its own digest, or under that of an index which lists it. */
import { z } from 'zod';

import type { Digest } from '../../core/image/digest.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import {
  IN_INDEX_PREFIX,
  indexMemberKey,
  indexPartition,
  inIndexKey,
  MEMBER_PREFIX,
} from '../../core/register/sighting-keys.ts';
import { isRunning, type Sighting } from '../../core/sightings/sighting.ts';
import type { Item, RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { listRunning, readSightings } from './read-sightings.ts';

const listed = z.object({ image: digestSchema, index: digestSchema });

/** The sightings of an image that have not ended. */
export async function runningOf(image: Digest, register: RegisterStore): Promise<readonly Sighting[]> {
  return (await sightingsOf(image, register)).filter(isRunning);
}

/** All sightings of an image, ended ones too; those of an index that lists it name the index. */
export async function sightingsOf(image: Digest, register: RegisterStore): Promise<readonly Sighting[]> {
  const indexes = await readAll(register, { pk: inIndexKey(image, image).pk, beginsWith: IN_INDEX_PREFIX });
  const digests = [image, ...indexes.map(({ body }) => listed.parse(body).index)];
  return (await Promise.all(digests.map((digest) => readSightings(digest, register)))).flat();
}

/** What runs of each image, by its digest. */
export type Running = ReadonlyMap<Digest, readonly Sighting[]>;

/** A list, as {@link listRunning}: for the board, and for nothing that decides. */
export async function runningImages(register: RegisterStore): Promise<Running> {
  const running = Map.groupBy(await listRunning(register), ({ digest }) => digest);
  const images = new Map<Digest, readonly Sighting[]>();
  await Promise.all(
    [...running].map(async ([digest, sightings]) => {
      const all = await imagesUnder(digest, register);
      for (const image of all) images.set(image, [...(images.get(image) ?? []), ...sightings]);
    }),
  );
  return images;
}

/** The images that a digest stands for: itself, and what it lists where it is an index. */
export async function imagesUnder(digest: Digest, register: RegisterStore): Promise<readonly Digest[]> {
  const items = await readAll(register, { pk: indexPartition(digest), beginsWith: MEMBER_PREFIX });
  return [digest, ...items.map(({ body }) => listed.parse(body).image)];
}

/** What is remembered of an index that lists an image: from either side. */
export function membership(index: Digest, image: Digest): readonly Item[] {
  const body = { image, index };
  return [
    { ...indexMemberKey(index, image), body },
    { ...inIndexKey(image, index), body },
  ];
}
