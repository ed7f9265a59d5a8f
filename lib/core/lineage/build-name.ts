/**
 * The names of images: builds that follow one another under one name are versions of one thing.
 *
 * A push gives the name of where the image stands, with its tag; a person gives a plain one, as in
 * `debian:12`, to a base that was never pushed here.
 */
import { z } from 'zod';

import type { Placement } from '../image/placement.ts';
import { digestSchema } from '../image/schemas.ts';

export interface BuildName {
  /** Unique: `account/region/registry/repository:tag`, or a given name as it is. */
  readonly name: string;
  /** What people read: `repository:tag`, or the given name. */
  readonly shown: string;
}

/** Body of the item at `imageNameKey`. */
export const imageName = z.object({ name: z.string(), shown: z.string() });

/** Body of the item at `nameKey`: a build of that name. */
export const namedBuild = z.object({
  image: digestSchema,
  platform: z.string(),
  /** ISO 8601, as the image says. */
  created: z.string().nullable(),
});

export type NamedBuild = Readonly<z.infer<typeof namedBuild>>;

export function pushedName({ account, region, registry, repository }: Placement, tag: string): BuildName {
  const shown = `${repository}:${tag}`;
  return { name: `${account}/${region}/${registry}/${shown}`, shown };
}
