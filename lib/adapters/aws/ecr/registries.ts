/**
 * The registries of Amazon ECR that a home watches: its own, and those of other accounts and Regions,
 * read through a role.
 */
import { ECRClient } from '@aws-sdk/client-ecr';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { z } from 'zod';

import { CavendishError } from '../../../core/errors/error.ts';
import { clientConfig, type Environment } from '../clients.ts';
import { askAws } from '../failures.ts';

export const registrySchema = z.object({
  account: z.string().regex(/^\d{12}$/u, 'not an account number'),
  region: z.string().regex(/^[a-z0-9-]{1,40}$/u, 'not a Region'),
  roleArn: z.string().startsWith('arn:').optional(),
});

/** A registry, and the role through which it is read where it is another account's. */
export type EcrRegistry = Readonly<z.output<typeof registrySchema>>;

export interface EcrRegistries {
  readonly all: readonly EcrRegistry[];
  /** @throws CavendishError `not-found` for a registry that is not watched */
  client(registry: Pick<EcrRegistry, 'account' | 'region'>): ECRClient;
}

/** `123456789012.dkr.ecr.eu-central-1.amazonaws.com` ("Amazon ECR private registry"). */
export function ecrHost({ account, region }: Pick<EcrRegistry, 'account' | 'region'>): string {
  return `${account}.dkr.ecr.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

export function ecrRegistries(
  all: readonly EcrRegistry[],
  { environment, sts }: { readonly environment: Environment; readonly sts: STSClient },
): EcrRegistries {
  const clients = new Map<string, ECRClient>();

  function open({ region, roleArn }: EcrRegistry): ECRClient {
    return new ECRClient({
      ...clientConfig(environment),
      region,
      ...(roleArn === undefined ? {} : { credentials: () => assume(roleArn, sts) }),
    });
  }

  return {
    all,
    client({ account, region }) {
      const registry = all.find((one) => one.account === account && one.region === region);
      if (registry === undefined) {
        throw new CavendishError('not-found', `the registry of ${account} in ${region} is not watched`, {
          next: 'Name it under registries in cavendish.yaml, and deploy.',
        });
      }
      const key = `${account}/${region}`;
      const held = clients.get(key) ?? open(registry);
      clients.set(key, held);
      return held;
    },
  };
}

/** The SDK asks again when what it was given has expired. */
async function assume(roleArn: string, sts: STSClient) {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'cavendish' });
  const { Credentials: given } = await askAws('sts:AssumeRole', () => sts.send(command));
  if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined) {
    throw new CavendishError('unavailable', `STS gave no credentials for ${roleArn}`);
  }
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    ...(given.SessionToken !== undefined && { sessionToken: given.SessionToken }),
    ...(given.Expiration !== undefined && { expiration: given.Expiration }),
  };
}
