/**
 * Asks a home on AWS by its API, with the caller's own credentials: the stack's outputs say where it is. Loaded only
 * where `--home aws:…` asks for it.
 */
import { setTimeout } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

import { apiClient } from '../../../adapters/aws/api/api-client.ts';
import { clientConfig, type Environment } from '../../../adapters/aws/clients.ts';
import { describeStack } from '../../../adapters/aws/stack/stack-outputs.ts';
import type { Operation } from '../../../pipeline/operations/operation.ts';
import { OUTPUTS } from '../../../stacks/functions/names.ts';
import type { AwsHomeName } from '../../home-name.ts';
import type { Operate } from '../opened-home.ts';

/** The address of the API, in place of the one that the stack says: for tests, and where it has another name. */
const ENDPOINT = 'CAVENDISH_API_ENDPOINT';

interface AskedByApi {
  readonly operate: Operate;
  close(): void;
}

/** @throws CavendishError `not-found` where the stack or its API is missing, `wrong-use` without a Region, `unavailable` */
export async function openApi({ stack, region }: AwsHomeName, env: Environment): Promise<AskedByApi> {
  const client = new CloudFormationClient(clientConfig(region === null ? env : { ...env, AWS_REGION: region }));
  const close = (): void => client.destroy();
  try {
    const url = env[ENDPOINT] ?? (await describeStack(client, stack)).output(OUTPUTS.api);
    // The client knows how the caller's credentials are found, as AWS's own tools do.
    const { region: here, credentials, sha256 } = client.config;
    const ask = apiClient({ url, region: here, credentials, sha256, pause: (time) => setTimeout(time) });
    const operate: Operate = async <In, Out>({ name, changes }: Operation<In, Out>, input: In) =>
      // The same program answers: what its types say is what comes.
      (await ask({ name, input, repeatable: !changes })) as Out;
    return { operate, close };
  } catch (error) {
    close();
    throw error;
  }
}
