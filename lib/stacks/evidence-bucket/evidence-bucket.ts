import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface EvidenceBucketProps {
  /**
   * How long a version that was overwritten or deleted can be brought back.
   *
   * @default Duration.days(90)
   */
  readonly keepNoncurrent?: Duration;
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
      encryption: BucketEncryption.S3_MANAGED,
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
  }
}
