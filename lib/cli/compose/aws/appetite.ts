/** The appetite that a home on AWS judges by: the file that was deployed with it. */
import { readS3Appetite } from '../../../adapters/aws/appetite/s3-appetite.ts';
import type { Appetite } from '../../../core/appetite/appetite.ts';
import { parseAppetite } from '../../../core/appetite/parse-appetite.ts';
import { OUTPUTS } from '../../../stacks/functions/names.ts';
import type { AwsHome } from './open-aws.ts';

export interface Deployed {
  readonly text: string;
  readonly source: string;
  readonly appetite: Appetite;
}

/** @throws CavendishError `bad-input` where the file is not right, `not-found`, `unavailable` */
export async function appetiteOf({ stack, s3 }: Pick<AwsHome, 'stack' | 's3'>): Promise<Deployed> {
  const bucket = stack.output(OUTPUTS.appetiteBucket);
  const { bytes, source } = await readS3Appetite({ client: s3, bucket, key: stack.output(OUTPUTS.appetiteKey) });
  const text = new TextDecoder().decode(bytes);
  return { text, source, appetite: parseAppetite(text, source) };
}
