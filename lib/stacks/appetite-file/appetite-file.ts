import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';

import type { Worker } from '../worker/worker.ts';

export interface AppetiteFileProps {
  /** Path of the YAML file. */
  readonly path: string;
}

/**
 * The risk appetite, as it was reviewed: a file that is deployed with the stack. Another appetite is
 * another object, so that which one judged is never in doubt.
 */
export class AppetiteFile extends Construct {
  public readonly bucketName: string;
  public readonly key: string;
  private readonly objectArn: string;

  constructor(scope: Construct, id: string, { path }: AppetiteFileProps) {
    super(scope, id);
    const asset = new Asset(this, 'File', { path });
    this.bucketName = asset.s3BucketName;
    this.key = asset.s3ObjectKey;
    this.objectArn = asset.bucket.arnForObjects(asset.s3ObjectKey);
  }

  public grantRead(worker: Worker): void {
    worker.allow(['s3:GetObject'], [this.objectArn]);
  }
}
