import { Duration } from 'aws-cdk-lib';
import type { ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

import { OUTBOX } from '../register-table/names.ts';

/**
 * The table's stream, of which only new outbox entries are passed on.
 *
 * From the horizon, so that what is committed while the stack is being deployed is not passed over.
 * What can't be passed on within an hour is left to the sweep: the stream goes on.
 */
export function outboxSource(table: Table, deadLetters: IQueue): DynamoEventSource {
  return new DynamoEventSource(table as ITable, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    maxBatchingWindow: Duration.seconds(0),
    parallelizationFactor: 2,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 100,
    maxRecordAge: Duration.hours(1),
    onFailure: new SqsDlq(deadLetters),
    filters: [
      FilterCriteria.filter({
        eventName: ['INSERT'],
        dynamodb: { Keys: { sk: { S: [OUTBOX.sort] } } },
      }),
    ],
  });
}
