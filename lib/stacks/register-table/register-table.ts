import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

import { DUE_INDEX, TABLE_INDEXES, TABLE_KEY } from './names.ts';

/**
 * The register: every placement, assessment, exception and risk, with their history and the outbox.
 *
 * One table, by the rules that the store port keeps everywhere (lib/pipeline/ports/register-store.ts).
 * Its stream drains the outbox. It is protected against deletion and stays when the stack goes: a
 * register that can be lost by mistake is none.
 */
export class RegisterTable extends Construct {
  public readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    this.table = new Table(this, 'Table', {
      ...keyOf(TABLE_KEY),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      stream: StreamViewType.NEW_IMAGE,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const [indexName, key] of Object.entries(TABLE_INDEXES)) {
      this.table.addGlobalSecondaryIndex({ indexName, ...keyOf(key), projectionType: ProjectionType.ALL });
    }
    this.table.addGlobalSecondaryIndex({
      indexName: DUE_INDEX.name,
      partitionKey: { name: DUE_INDEX.partition, type: AttributeType.STRING },
      sortKey: { name: DUE_INDEX.sort, type: AttributeType.NUMBER },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...DUE_INDEX.attributes],
    });
  }
}

function keyOf({ partition, sort }: { readonly partition: string; readonly sort: string }) {
  return {
    partitionKey: { name: partition, type: AttributeType.STRING },
    sortKey: { name: sort, type: AttributeType.STRING },
  };
}
