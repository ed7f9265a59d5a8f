import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

import type { Worker } from '../worker/worker.ts';
import { DUE_INDEX, TABLE_INDEXES, TABLE_KEY } from './names.ts';

export interface RegisterTableProps {
  /** @default - a key of AWS */
  readonly encryptionKey?: IKey;
}

/**
 * The register: every placement, assessment, exception and risk, with their history and the outbox.
 *
 * One table, by the rules that the store port keeps everywhere (lib/pipeline/ports/register-store.ts).
 * Its stream drains the outbox. It is protected against deletion and stays when the stack goes: a
 * register that can be lost by mistake is none.
 */
export class RegisterTable extends Construct {
  public readonly table: Table;
  private readonly encryptionKey: IKey | undefined;

  constructor(scope: Construct, id: string, { encryptionKey }: RegisterTableProps = {}) {
    super(scope, id);
    this.encryptionKey = encryptionKey;

    this.table = new Table(this, 'Table', {
      ...keyOf(TABLE_KEY),
      billingMode: BillingMode.PAY_PER_REQUEST,
      ...(encryptionKey === undefined
        ? { encryption: TableEncryption.AWS_MANAGED }
        : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }),
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

  /** To read and commit; nothing is ever deleted. */
  public grantReadWrite(worker: Worker): void {
    worker.allow(
      ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'].map((action) => `dynamodb:${action}`),
      [this.table.tableArn],
    );
    if (this.encryptionKey !== undefined) worker.allowKey(this.encryptionKey);
  }

  /** To see what waits in the outbox. */
  public grantListDue(worker: Worker): void {
    worker.allow(['dynamodb:Query'], [`${this.table.tableArn}/index/${DUE_INDEX.name}`]);
  }
}

function keyOf({ partition, sort }: { readonly partition: string; readonly sort: string }) {
  return {
    partitionKey: { name: partition, type: AttributeType.STRING },
    sortKey: { name: sort, type: AttributeType.STRING },
  };
}
