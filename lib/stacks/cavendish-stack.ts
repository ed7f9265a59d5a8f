import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import { EvidenceBucket } from './evidence-bucket/evidence-bucket.ts';
import { RegisterTable } from './register-table/register-table.ts';

/** Cavendish's home on AWS: what it keeps. What works on it comes with the functions. */
export class CavendishStack extends Stack {
  public readonly register: RegisterTable;
  public readonly evidence: EvidenceBucket;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, { description: 'Cavendish: a container-image risk programme', ...props });

    this.register = new RegisterTable(this, 'Register');
    this.evidence = new EvidenceBucket(this, 'Evidence');
  }
}
