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

/** Where an image stands in a registry of Amazon's, and in the one of a laptop, by what an image calls it. */
const ECR = /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<rest>.+)$/u;
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\/(?<rest>.+)$/u;
/** A name has few parts. */
const MOST_NAMES = 10;

/**
 * The names under which the builds may be known that an image says of its base: as it is, without its
 * registry (`docker.io/library/debian:12` is `debian:12` to people), and as a push of it is named here.
 */
export function namesSaid(baseName: string): readonly string[] {
  const parts = baseName.split('/');
  const given = parts.map((_, at) => parts.slice(at).join('/'));
  const { account, region, rest } = ECR.exec(baseName)?.groups ?? {};
  const local = LOOPBACK.exec(baseName)?.groups?.['rest'];
  return [
    ...(rest === undefined ? [] : [`${account ?? ''}/${region ?? ''}/ecr/${rest}`]),
    ...(local === undefined ? [] : [`laptop/local/embedded/${local}`]),
    ...given,
  ].slice(0, MOST_NAMES);
}
