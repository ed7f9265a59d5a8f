/** The registries that are watched, made from the environment: their images, what they hold, what their scanner says. */
import { STSClient } from '@aws-sdk/client-sts';
import { z } from 'zod';

import { clientConfig } from '../../../lib/adapters/aws/clients.ts';
import { ecrCredentials } from '../../../lib/adapters/aws/ecr/credentials.ts';
import { ecrListing } from '../../../lib/adapters/aws/ecr/listing.ts';
import { ecrHost, ecrRegistries, registrySchema } from '../../../lib/adapters/aws/ecr/registries.ts';
import { ecrScans } from '../../../lib/adapters/aws/ecr/scan-findings.ts';
import { ociRegistry } from '../../../lib/adapters/oci/registry-source.ts';
import { namesRepository } from '../../../lib/core/appetite/repository-pattern.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { Placement } from '../../../lib/core/image/placement.ts';
import type { ImageSource } from '../../../lib/pipeline/ports/image-source.ts';
import type { RegistryListing } from '../../../lib/pipeline/ports/registry-listing.ts';
import type { RegistryScans } from '../../../lib/pipeline/ports/registry-scan.ts';
import type { Scope } from '../../../lib/pipeline/ports/running.ts';
import { type Environment, optional, readSetting } from '../environment.ts';
import type { Tools } from '../tools.ts';

export interface Registries {
  readonly images: ImageSource;
  readonly referenceOf: (placement: Placement) => string;
  readonly listing: RegistryListing;
  readonly scans: RegistryScans;
  /** The home's own account and Region. */
  readonly own: Scope;
  /** Which repositories count. */
  readonly isWatched: (repository: string) => boolean;
}

export function openRegistries(environment: Environment, { tracer }: Tools): Registries {
  const all = readSetting(environment, 'registries', z.array(registrySchema).min(1));
  const [own] = all ?? [];
  if (all === null || own === undefined)
    throw new CavendishError('wrong-use', 'no registry is watched: the stack names at least its own');
  const patterns = readSetting(environment, 'repositories', z.array(z.string().min(1)));
  const isWatched = (repository: string): boolean =>
    patterns === null || patterns.some((pattern) => namesRepository(pattern, repository));

  const sts = tracer.captureAWSv3Client(new STSClient(clientConfig(environment)));
  const registries = ecrRegistries(all, { environment, sts });
  const endpoint = optional(environment, 'registryEndpoint') ?? undefined;
  const credentials = ecrCredentials({ registries, endpoint, now: () => new Date() });
  return {
    images: ociRegistry({ credentials }),
    referenceOf: ({ account, region, repository, digest }) =>
      `${endpoint ?? ecrHost({ account, region })}/${repository}@${digest}`,
    own,
    listing: ecrListing(registries, isWatched),
    scans: ecrScans(registries),
    isWatched,
  };
}
