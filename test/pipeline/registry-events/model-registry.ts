/** A registry for tests: what it holds, and everything that asks it. Images have no bytes; an index lists some. */
import { CavendishError } from '../../../lib/core/errors/error.ts';
import { type Digest, isDigest } from '../../../lib/core/image/digest.ts';
import type { Placement } from '../../../lib/core/image/placement.ts';
import type { ImageSource, OpenImage } from '../../../lib/pipeline/ports/image-source.ts';
import type { ListedImage, RegistryListing, Repository } from '../../../lib/pipeline/ports/registry-listing.ts';

export const REPOSITORY: Repository = {
  ...{ account: '123456789012', region: 'eu-west-1', registry: 'ecr', repository: 'team/app' },
};

interface Held {
  tags: Set<string>;
  archived: boolean;
  pushedAt: string;
  /** The images of an index; null for an image, `artifact` for what is none. */
  lists: readonly Digest[] | 'artifact' | null;
}

export interface ModelRegistry {
  readonly held: Map<Digest, Held>;
  readonly listing: RegistryListing;
  readonly images: ImageSource;
  readonly referenceOf: (placement: Placement) => string;
  put(digest: Digest, tag: string | null, pushedAt: string, lists?: Held['lists']): void;
  untag(tag: string): void;
}

export function modelRegistry(): ModelRegistry {
  const held = new Map<Digest, Held>();
  const listed = (digest: Digest, { tags, archived, pushedAt }: Held): ListedImage => {
    return { digest, tags: [...tags], archived, pushedAt, mediaType: null };
  };
  const open = (digest: Digest): OpenImage => ({
    ...{ digest, platform: { os: 'linux', architecture: 'amd64' }, created: null, layers: [] },
    base: { name: null, digest: null },
    readLayer: () => Promise.reject(new Error('no bytes')),
  });

  return {
    held,
    referenceOf: ({ repository, digest }) => `registry.example/${repository}@${digest}`,
    put(digest, tag, pushedAt, lists = null) {
      const before = held.get(digest);
      this.untag(tag ?? '');
      const tags = new Set([...(before?.tags ?? []), ...(tag === null ? [] : [tag])]);
      held.set(digest, { tags, archived: before?.archived ?? false, pushedAt: before?.pushedAt ?? pushedAt, lists });
    },
    untag(tag) {
      for (const { tags } of held.values()) tags.delete(tag);
    },
    listing: {
      async *repositories() {
        yield REPOSITORY;
      },
      async *images() {
        for (const [digest, one] of held) yield listed(digest, one);
      },
      async find({ digest }) {
        const one = held.get(digest);
        return one === undefined ? null : listed(digest, one);
      },
    },
    images: {
      async open(what) {
        const digest = what.slice(what.indexOf('@') + 1);
        const one = isDigest(digest) ? held.get(digest) : undefined;
        if (one === undefined || !isDigest(digest)) throw new CavendishError('not-found', `${what} is not there`);
        const { lists } = one;
        return {
          reference: what,
          images: lists === 'artifact' ? [] : (lists ?? [digest]).map(open),
          unreadable: [],
          skipped: lists === 'artifact' ? [{ digest, why: 'an artifact' }] : [],
          close: () => Promise.resolve(),
        };
      },
    },
  };
}
