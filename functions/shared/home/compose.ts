/** The register, the evidence and the appetite of the home, made from the environment. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';

import { readS3Appetite } from '../../../lib/adapters/aws/appetite/s3-appetite.ts';
import { clientConfig, s3Config } from '../../../lib/adapters/aws/clients.ts';
import { s3Evidence } from '../../../lib/adapters/aws/evidence/evidence.ts';
import { dynamoRegister } from '../../../lib/adapters/aws/register/register.ts';
import { dynamoWork } from '../../../lib/adapters/aws/register/work.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import type { JudgedEvidence } from '../../../lib/core/register/judged-evidence.ts';
import { appetiteReader } from '../../../lib/pipeline/appetite/in-force.ts';
import { storedIntelligence } from '../../../lib/pipeline/feeds/stored-intelligence.ts';
import type { EvidenceStore } from '../../../lib/pipeline/ports/evidence-store.ts';
import type { Versions } from '../../../lib/pipeline/ports/intelligence.ts';
import type { RegisterStore } from '../../../lib/pipeline/ports/register-store.ts';
import type { WorkQueue } from '../../../lib/pipeline/ports/work-queue.ts';
import { type Environment, required } from '../environment.ts';
import { once } from '../once.ts';
import type { Tools } from '../tools.ts';

export interface AwsHome {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly intelligence: Versions;
  readonly queue: WorkQueue;
  /** By which the home judges now: asked for each piece of work. @throws CavendishError `bad-input`, `unavailable` */
  readonly appetite: () => Promise<JudgedEvidence['appetite']>;
}

/** A minute longer than the longest that a function may run (15 minutes): who holds work is alive, or lapses. */
const LEASE_SECONDS = 16 * 60;

export function openHome(environment: Environment, { tracer }: Tools): AwsHome {
  const table = required(environment, 'table');
  const dynamo = tracer.captureAWSv3Client(new DynamoDBClient(clientConfig(environment)));
  const s3 = tracer.captureAWSv3Client(new S3Client(s3Config(environment)));
  const register = dynamoRegister({ client: dynamo, table });
  const evidence = s3Evidence({ client: s3, bucket: required(environment, 'evidenceBucket') });
  return {
    register,
    evidence,
    intelligence: storedIntelligence(register, evidence),
    queue: dynamoWork({ client: dynamo, table, leaseSeconds: LEASE_SECONDS }),
    appetite: appetiteReader({
      register,
      evidence,
      // What the stack deployed counts until another is adopted; it is the same for as long as the function lives.
      fallback: once(async () => {
        const bucket = required(environment, 'appetiteBucket');
        const key = required(environment, 'appetiteKey');
        const { bytes, source } = await readS3Appetite({ client: s3, bucket, key });
        const value = parseAppetite(new TextDecoder().decode(bytes), source);
        return { hash: await evidence.put(bytes), source, value };
      }),
    }),
  };
}
