import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

import { acknowledge } from '../nag/acknowledge.ts';
import type { Worker } from '../worker/worker.ts';

export interface EvidenceBucketProps {
  /**
   * How long a version that was overwritten or deleted can be brought back.
   *
   * @default Duration.days(90)
   */
  readonly keepNoncurrent?: Duration;
  /** @default - a key of AWS */
  readonly encryptionKey?: IKey;
}

/**
 * Evidence: SBOMs, advisories, feeds, appetites and assessments, each under its digest.
 *
 * What is stored by digest has no second version to write, so a noncurrent version is the trace of
 * a mistake or of tampering: kept long enough to be seen and undone.
 */
export class EvidenceBucket extends Construct {
  public readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: EvidenceBucketProps = {}) {
    super(scope, id);

    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      ...(props.encryptionKey === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey: props.encryptionKey, bucketKeyEnabled: true }),
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          noncurrentVersionExpiration: props.keepNoncurrent ?? Duration.days(90),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    acknowledge(
      this.bucket,
      'S1',
      'What lies here is read by functions and operators alone, and named by its content. Who read what is for the data events of CloudTrail to say, where an account wants them.',
    );
  }

  /** To read and store; nothing is ever deleted. */
  public grantReadWrite(worker: Worker): void {
    const pieces = this.bucket.arnForObjects('sha256/*');
    worker.allow(
      ['s3:GetObject', 's3:PutObject'],
      [pieces],
      'Evidence lies under its digest, which nobody knows before.',
    );
    // Without it S3 says "access denied" of what is not there.
    worker.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    if (this.bucket.encryptionKey !== undefined) worker.allowKey(this.bucket.encryptionKey);
  }
}
