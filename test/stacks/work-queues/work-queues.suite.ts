import { describe, expect, it } from '@jest/globals';

import { resourceOf, resourcesOf, templateOf } from '../template.ts';

const template = templateOf();
const QUEUE = 'AWS::SQS::Queue';
const functions = [
  ['Events', 'intake'],
  ['Scan', 'scan'],
  ['Judge', 'judge'],
  ['Announce', 'announce'],
  ['Again', 'again'],
  ['Remind', 'remind'],
] as const;

describe('the queues', () => {
  it.each(functions)('%s hides a message for six times the timeout of %s', (queue, name) => {
    const { VisibilityTimeout: hidden } = resourceOf(template, QUEUE, new RegExp(`Queues${queue}`, 'u'));
    const { Timeout: timeout } = resourceOf(
      template,
      'AWS::Lambda::Function',
      new RegExp(`Functions${name}Function`, 'u'),
    );

    expect(hidden).toBe(6 * Number(timeout));
  });

  it.each(functions)('%s sets aside what was received five times', (queue, _name) => {
    const { RedrivePolicy: redrive } = resourceOf(template, QUEUE, new RegExp(`Queues${queue}`, 'u'));

    expect(redrive).toMatchObject({ maxReceiveCount: 5 });
    expect(JSON.stringify(redrive)).toMatch(/QueuesDeadLetters/u);
  });

  it('are encrypted, keep messages for two weeks, and take no request without TLS', () => {
    for (const properties of resourcesOf(template, QUEUE).values()) {
      expect(properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 3600 });
    }
    const policies = [...resourcesOf(template, 'AWS::SQS::QueuePolicy').values()].map((one) => JSON.stringify(one));
    expect(policies).toHaveLength(7);
    for (const policy of policies) expect(policy).toContain('"aws:SecureTransport":"false"');
  });
});
