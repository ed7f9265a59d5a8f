import { describe, expect, it } from '@jest/globals';

import { OUTPUTS } from '../../lib/stacks/functions/names.ts';
import { resourcesOf, templateOf } from './template.ts';

const template = templateOf();

describe('the stack', () => {
  it('is a register, evidence, ten functions, an API and what brings them work', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 1);
    template.resourceCountIs('AWS::S3::Bucket', 1);
    template.resourceCountIs('AWS::Lambda::Function', 10);
    template.resourceCountIs('AWS::ApiGatewayV2::Api', 1);
    template.resourceCountIs('AWS::SQS::Queue', 7);
    template.resourceCountIs('AWS::Events::Rule', 2);
    template.resourceCountIs('AWS::Scheduler::Schedule', 2);
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  });

  it('says by its outputs where everything is, and what to do next', () => {
    const outputs = Object.keys(template.findOutputs('*'));

    expect(outputs.sort()).toEqual([...Object.values(OUTPUTS), 'NextSteps'].sort());
  });

  it('keeps what can not be made again when it is removed', () => {
    for (const type of ['AWS::DynamoDB::Table', 'AWS::S3::Bucket']) {
      template.hasResource(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  it('asks one page for each question: works, falls behind, costs', () => {
    const [dashboard] = resourcesOf(template, 'AWS::CloudWatch::Dashboard').values();
    const body = JSON.stringify(dashboard);

    for (const question of ['Does it work?', 'Does it fall behind?', 'What does it cost?'])
      expect(body).toContain(question);
  });
});
