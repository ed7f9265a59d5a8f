/** What ECR's registries hold, page by page. */
import {
  DescribeImagesCommand,
  type ImageDetail,
  paginateDescribeImages,
  paginateDescribeRepositories,
} from '@aws-sdk/client-ecr';

import { isDigest } from '../../../core/image/digest.ts';
import type { ListedImage, RegistryListing, Repository } from '../../../pipeline/ports/registry-listing.ts';
import { askAws, askedPages } from '../failures.ts';
import type { EcrRegistries } from './registries.ts';

/** The largest page of both calls. */
const PAGE = 1000;
/** What says that something is not there ("Errors" of DescribeImages): an answer, no failure. */
const NOT_THERE = new Set(['ImageNotFoundException', 'RepositoryNotFoundException']);

/** @param isWatched - which repositories count; the others are never listed */
export function ecrListing(registries: EcrRegistries, isWatched: (repository: string) => boolean): RegistryListing {
  async function* repositories(): AsyncGenerator<Repository> {
    for (const { account, region } of registries.all) {
      const client = registries.client({ account, region });
      const pages = paginateDescribeRepositories({ client, pageSize: PAGE }, { registryId: account });
      for await (const page of askedPages(pages, 'ecr:DescribeRepositories')) {
        for (const { repositoryName } of page.repositories ?? []) {
          if (repositoryName !== undefined && isWatched(repositoryName)) {
            yield { account, region, registry: 'ecr', repository: repositoryName };
          }
        }
      }
    }
  }

  async function* images({ account, region, repository }: Repository): AsyncGenerator<ListedImage> {
    const client = registries.client({ account, region });
    const pages = paginateDescribeImages(
      { client, pageSize: PAGE },
      { registryId: account, repositoryName: repository, filter: { imageStatus: 'ANY' } },
    );
    try {
      for await (const page of askedPages(pages, 'ecr:DescribeImages')) {
        for (const detail of page.imageDetails ?? []) yield* listed(detail);
      }
    } catch (error) {
      if (!isNotThere(error)) throw error;
    }
  }

  return {
    repositories,
    images,
    async find({ account, region, repository, digest }) {
      const client = registries.client({ account, region });
      const command = new DescribeImagesCommand({
        registryId: account,
        repositoryName: repository,
        imageIds: [{ imageDigest: digest }],
        filter: { imageStatus: 'ANY' },
      });
      try {
        const { imageDetails: [detail] = [] } = await askAws('ecr:DescribeImages', () => client.send(command));
        return detail === undefined ? null : (listed(detail)[0] ?? null);
      } catch (error) {
        if (isNotThere(error)) return null;
        throw error;
      }
    },
  };
}

function isNotThere(error: unknown): boolean {
  return Error.isError(error) && NOT_THERE.has(error.name);
}

/** None where ECR names no digest that is one. */
function listed(detail: ImageDetail): readonly ListedImage[] {
  const { imageDigest: digest, imageTags, imagePushedAt, imageManifestMediaType, imageStatus } = detail;
  if (digest === undefined || !isDigest(digest)) return [];
  return [
    {
      digest,
      tags: imageTags ?? [],
      pushedAt: (imagePushedAt ?? new Date(0)).toISOString(),
      mediaType: imageManifestMediaType ?? null,
      archived: imageStatus !== undefined && imageStatus !== 'ACTIVE',
    },
  ];
}
