/**
 * Reads what is known of families, each thing once: many images ask for the same bases.
 *
 * What it reads never changes but for names, builds and approvals: use one for one question.
 */
import { z } from 'zod';

import { type Digest, hexOf } from '../../core/image/digest.ts';
import { digestSchema, placementSchema } from '../../core/image/schemas.ts';
import { type Approval, approvalSchema } from '../../core/lineage/approval.ts';
import { type BuildName, imageName, namedBuild } from '../../core/lineage/build-name.ts';
import { type ImageFacts, readFacts } from '../../core/lineage/image-facts.ts';
import type { SeenBuild } from '../../core/lineage/newest-build.ts';
import {
  baseApprovalKey,
  chainPartition,
  chainRest,
  factsKey,
  IMAGE_NAME_PREFIX,
  imageNamesPartition,
  namePartition,
} from '../../core/register/index-keys.ts';
import { digestPartition } from '../../core/register/keys.ts';
import { indexPartition, MEMBER_PREFIX } from '../../core/register/sighting-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';

/** Of the builds of a name the newest, of the names of an image the first by the alphabet, of placements any. */
const MOST = 100;

export interface Family {
  facts(image: Digest): Promise<ImageFacts | null>;
  /** The image that ends in this chain and was seen first. */
  first(chain: Digest): Promise<ImageFacts | null>;
  /** The image of a digest, and the images of an index of that digest. */
  imagesOf(digest: Digest): Promise<readonly Digest[]>;
  builds(name: string): Promise<readonly SeenBuild[]>;
  /** Names of an image, the given ones first. */
  names(image: Digest): Promise<readonly BuildName[]>;
  approval(image: Digest): Promise<Approval | null>;
  /** The repositories in which an image stands, in whichever registry. */
  repositories(image: Digest): Promise<readonly string[]>;
}

const approvalItem = z.object({ approval: approvalSchema.nullable() });

export function readFamily(register: RegisterStore): Family {
  const facts = once(async (image: Digest) => readFacts(await register.get(factsKey(image))));
  return {
    facts,
    first: once(async (chain) => {
      const { items } = await register.query({ pk: chainPartition(chain), beginsWith: chainRest(0), limit: 1 });
      const [first] = items;
      return first === undefined ? null : await facts(digestSchema.parse(first.body['image']));
    }),
    imagesOf: once(async (digest) => {
      const pk = indexPartition(digest);
      const { items } = await register.query({ pk, beginsWith: MEMBER_PREFIX, limit: MOST });
      return [digest, ...items.map(({ sk }) => digestSchema.parse(sk.slice(MEMBER_PREFIX.length)))];
    }),
    builds: once(async (name: string) => {
      const { items } = await register.query({ pk: namePartition(name), order: 'descending', limit: MOST });
      return items.map(({ sk, body }) => ({ ...namedBuild.parse(body), firstSeen: sk.split('#', 1)[0] ?? '' }));
    }),
    names: once(async (image) => {
      const pk = imageNamesPartition(image);
      const { items } = await register.query({ pk, beginsWith: IMAGE_NAME_PREFIX, limit: MOST });
      const names = items.map(({ body }) => imageName.parse(body));
      return [...names.filter(isGiven), ...names.filter((name) => !isGiven(name))];
    }),
    approval: once(async (image) => {
      const item = await register.get(baseApprovalKey(image));
      return item === null ? null : approvalItem.parse(item.body).approval;
    }),
    repositories: once(async (image) => {
      const hex = hexOf(image);
      const { items } = await register.query({ pk: digestPartition(hex), beginsWith: `${hex}#`, limit: MOST });
      return items.map(({ body }) => placementSchema.parse(body['placement']).repository);
    }),
  };
}

function isGiven({ name, shown }: BuildName): boolean {
  return name === shown;
}

function once<K extends string, T>(read: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const known = new Map<K, Promise<T>>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const reading = read(key);
    known.set(key, reading);
    return reading;
  };
}
