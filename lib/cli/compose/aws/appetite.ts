/** The appetite that was deployed with a home on AWS. */
import { readS3Appetite } from '../../../adapters/aws/appetite/s3-appetite.ts';
import { OUTPUTS } from '../../../stacks/functions/names.ts';
import type { AwsHome } from './open-aws.ts';

/** @throws CavendishError `not-found`, `unavailable` */
export async function deployedAppetite({
  stack,
  s3,
}: Pick<AwsHome, 'stack' | 's3'>): Promise<{ readonly text: string; readonly source: string }> {
  const bucket = stack.output(OUTPUTS.appetiteBucket);
  const { bytes, source } = await readS3Appetite({ client: s3, bucket, key: stack.output(OUTPUTS.appetiteKey) });
  return { text: new TextDecoder().decode(bytes), source };
}
