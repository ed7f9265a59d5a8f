import { describe, expect, it } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';

import { INDEX_NAMES } from '../../../lib/pipeline/ports/register-store.ts';
import { TABLE_INDEXES } from '../../../lib/stacks/register-table/names.ts';
import { RegisterTable } from '../../../lib/stacks/register-table/register-table.ts';
import { registerTableInput } from '../../support/register-table.ts';

const stack = new Stack();
new RegisterTable(stack, 'Register');
const template = Template.fromStack(stack);

const TABLE = 'AWS::DynamoDB::Table';

describe('the register table', () => {
  it('has the key of the store port', () => {
    template.hasResourceProperties(TABLE, {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
  });

  it('has the indexes of the store port, by their names, whole items in them', () => {
    expect(Object.keys(TABLE_INDEXES)).toEqual([...INDEX_NAMES]);
    template.hasResourceProperties(TABLE, {
      GlobalSecondaryIndexes: Match.arrayWith([
        {
          IndexName: 'board',
          KeySchema: [
            { AttributeName: 'boardPk', KeyType: 'HASH' },
            { AttributeName: 'boardSk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ]),
    });
  });

  it('has an index of what waits in the outbox, without the bodies', () => {
    template.hasResourceProperties(TABLE, {
      GlobalSecondaryIndexes: Match.arrayWith([
        {
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'duePk', KeyType: 'HASH' },
            { AttributeName: 'dueOrder', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['type', 'due', 'cause'] },
        },
      ]),
    });
  });

  it('is the table that tests make to try the adapter on', () => {
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, StreamSpecification } = registerTableInput('T');
    template.hasResourceProperties(TABLE, {
      KeySchema,
      AttributeDefinitions: Match.arrayEquals(AttributeDefinitions ?? []),
      GlobalSecondaryIndexes: Match.arrayEquals(GlobalSecondaryIndexes ?? []),
      StreamSpecification: { StreamViewType: StreamSpecification?.StreamViewType },
    });
  });

  it('keys everything by text, but the outbox by its order', () => {
    const text = ['pk', 'sk', 'boardPk', 'boardSk', 'duePk'].map((name) => ({
      AttributeName: name,
      AttributeType: 'S',
    }));
    template.hasResourceProperties(TABLE, {
      AttributeDefinitions: [...text, { AttributeName: 'dueOrder', AttributeType: 'N' }],
    });
  });

  it('streams what is written, for the outbox', () => {
    template.hasResourceProperties(TABLE, { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } });
  });

  it('is paid by request and encrypted', () => {
    template.hasResourceProperties(TABLE, { BillingMode: 'PAY_PER_REQUEST', SSESpecification: { SSEEnabled: true } });
  });

  it('can be restored to any second, and is not deleted by mistake or with the stack', () => {
    template.hasResource(TABLE, {
      Properties: {
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('lets nothing expire: history has no end', () => {
    template.hasResourceProperties(TABLE, { TimeToLiveSpecification: Match.absent() });
  });
});
