import { describe, expect, it } from '@jest/globals';

import { resourceOf, resourcesOf, templateOf } from '../template.ts';

const RULE = 'AWS::Events::Rule';
const PUSHES = /RegistryEventsRule/u;

describe('the rule', () => {
  it('passes on what the registry tells of images, and no referrer', () => {
    const { EventPattern: pattern } = resourceOf(templateOf(), RULE, PUSHES);

    expect(pattern).toEqual({
      source: ['aws.ecr'],
      account: [{ Ref: 'AWS::AccountId' }],
      'detail-type': [
        ...['ECR Image Action', 'ECR Replication Action', 'ECR Pull Through Cache Action', 'ECR Image Scan'],
      ],
    });
  });

  it('takes the events of other accounts that are watched', () => {
    const template = templateOf({ registries: [{ account: '444455556666', region: 'eu-central-1' }] });

    expect(resourceOf(template, RULE, PUSHES)['EventPattern']).toMatchObject({
      account: [{ Ref: 'AWS::AccountId' }, '444455556666'],
    });
  });

  it('puts what it can not deliver among the dead letters', () => {
    const template = templateOf();

    expect(JSON.stringify(resourceOf(template, RULE, PUSHES)['Targets'])).toMatch(
      /QueuesEvents.*DeadLetterConfig.*QueuesDeadLetters/u,
    );
  });

  it('alone may put events into the queue', () => {
    const policies = [...resourcesOf(templateOf(), 'AWS::SQS::QueuePolicy', /Events/u).values()];

    expect(JSON.stringify(policies)).toMatch(/"aws:SourceArn":\{"Fn::GetAtt":\["CavendishRegistryEventsRule/u);
  });
});
