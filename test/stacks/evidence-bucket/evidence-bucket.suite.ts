import { describe, it } from '@jest/globals';
import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';

import { EvidenceBucket, type EvidenceBucketProps } from '../../../lib/stacks/evidence-bucket/evidence-bucket.ts';

const BUCKET = 'AWS::S3::Bucket';

function templateOf(props?: EvidenceBucketProps): Template {
  const stack = new Stack();
  new EvidenceBucket(stack, 'Evidence', props);
  return Template.fromStack(stack);
}

describe('the evidence bucket', () => {
  const template = templateOf();

  it('keeps versions, encrypted, and stays when the stack goes', () => {
    template.hasResource(BUCKET, {
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('is private', () => {
    template.hasResourceProperties(BUCKET, {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  it.each([
    ['without TLS', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['by TLS older than 1.2', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
  ])('refuses whoever comes %s', (_, condition) => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 's3:*', Effect: 'Deny', Principal: { AWS: '*' }, Condition: condition }),
        ]),
      },
    });
  });

  it.each([
    [{}, 90],
    [{ keepNoncurrent: Duration.days(7) }, 7],
  ])('brings back what was overwritten: %j', (props, days) => {
    templateOf(props).hasResourceProperties(BUCKET, {
      LifecycleConfiguration: {
        Rules: [
          {
            Status: 'Enabled',
            NoncurrentVersionExpiration: { NoncurrentDays: days },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
        ],
      },
    });
  });
});
