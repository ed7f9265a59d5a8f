/**
 * The composition root of a home on AWS, for the command line: the stack's outputs name the parts,
 * the caller's own credentials open them. Loaded only where `--home aws:…` asks for it, since the SDK
 * takes longer to load than the laptop's commands take to answer.
 */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';

import { clientConfig, type Environment, s3Config } from '../../../adapters/aws/clients.ts';
import { s3Evidence } from '../../../adapters/aws/evidence/evidence.ts';
import { dynamoRegister } from '../../../adapters/aws/register/register.ts';
import { dynamoWork } from '../../../adapters/aws/register/work.ts';
import { type DescribedStack, describeStack } from '../../../adapters/aws/stack/stack-outputs.ts';
import { storedIntelligence } from '../../../pipeline/feeds/stored-intelligence.ts';
import { OUTPUTS } from '../../../stacks/functions/names.ts';
import type { AwsHomeName } from '../../home-name.ts';
import type { OpenedHome } from '../opened-home.ts';

export interface AwsHome extends OpenedHome {
  readonly kind: 'aws';
  readonly stack: DescribedStack;
  /** Of the process, with the Region that was named. */
  readonly environment: Environment;
  readonly s3: S3Client;
}

/** For claims, of which the command line makes none. */
const LEASE_SECONDS = 960;

/** @throws CavendishError `not-found` where the stack or an output of it is missing, `wrong-use`, `unavailable` */
export async function openAws({ stack: name, region }: AwsHomeName, env: Environment): Promise<AwsHome> {
  const environment = region === null ? env : { ...env, AWS_REGION: region };
  const formation = new CloudFormationClient(clientConfig(environment));
  const dynamo = new DynamoDBClient(clientConfig(environment));
  const s3 = new S3Client(s3Config(environment));
  const close = (): Promise<void> => {
    for (const client of [formation, dynamo, s3]) client.destroy();
    return Promise.resolve();
  };
  try {
    const stack = await describeStack(formation, name);
    const table = stack.output(OUTPUTS.table);
    const register = dynamoRegister({ client: dynamo, table });
    const evidence = s3Evidence({ client: s3, bucket: stack.output(OUTPUTS.evidenceBucket) });
    return {
      kind: 'aws',
      register,
      evidence,
      intelligence: storedIntelligence(register, evidence),
      work: dynamoWork({ client: dynamo, table, leaseSeconds: LEASE_SECONDS }),
      stack,
      environment,
      s3,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
