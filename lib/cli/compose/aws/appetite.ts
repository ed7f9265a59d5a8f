/** The appetite that a home on AWS judges by: the version that was adopted, or else the file that was deployed with it. */
import { readS3Appetite } from '../../../adapters/aws/appetite/s3-appetite.ts';
import type { Appetite } from '../../../core/appetite/appetite.ts';
import { parseAppetite } from '../../../core/appetite/parse-appetite.ts';
import { digestOf } from '../../../core/canonical/canonical.ts';
import type { JudgedEvidence } from '../../../core/register/judged-evidence.ts';
import { appetiteReader } from '../../../pipeline/appetite/in-force.ts';
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

/** @throws CavendishError as {@link appetiteOf} does */
export async function appetiteInForce(home: AwsHome): Promise<JudgedEvidence['appetite']> {
  const { register, evidence } = home;
  async function fallback(): Promise<JudgedEvidence['appetite']> {
    const { text, source, appetite } = await appetiteOf(home);
    return { hash: digestOf(new TextEncoder().encode(text)), source, value: appetite };
  }
  return await appetiteReader({ register, evidence, fallback })();
}
