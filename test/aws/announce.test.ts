/** Notices and events on moto's SNS and EventBridge, as a queue that is subscribed to both gets them. */
import { CreateEventBusCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { eventBusSink } from '../../lib/adapters/aws/event-bus/event-bus.ts';
import { snsSubscriptions } from '../../lib/adapters/aws/sns/subscriptions.ts';
import { snsTopics } from '../../lib/adapters/aws/sns/topics.ts';
import { announceVerdicts } from '../../lib/pipeline/announce/announce-verdicts.ts';
import { anAnnouncingHome, aSubscriber } from '../support/announcing.ts';
import { aDigest, anAssessment, aPlacement } from '../support/assessments.ts';
import { type Clients, openClients } from './parts/clients.ts';
import { type Moto, startMoto } from './parts/moto.ts';

const BUS = 'cavendish';

let moto: Moto;
let clients: Clients;

beforeAll(async () => {
  moto = await startMoto();
  clients = openClients(moto.endpoint);
}, 120_000);

afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await moto.stop();
});

async function aQueue(name: string): Promise<{ readonly url: string; readonly arn: string }> {
  const { QueueUrl: url = '' } = await clients.sqs.send(new CreateQueueCommand({ QueueName: name }));
  const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] });
  const { Attributes } = await clients.sqs.send(asked);
  return { url, arn: Attributes?.QueueArn ?? '' };
}

async function aTopic(name: string, queue: { readonly arn: string }): Promise<string> {
  const { TopicArn: arn = '' } = await clients.sns.send(new CreateTopicCommand({ Name: name }));
  await clients.sns.send(new SubscribeCommand({ TopicArn: arn, Protocol: 'sqs', Endpoint: queue.arn }));
  return arn;
}

async function received(url: string): Promise<readonly Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for (;;) {
    const asked = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await clients.sqs.send(asked);
    if (Messages.length === 0) return all;
    all.push(...Messages.map(({ Body }) => JSON.parse(Body ?? '') as Record<string, unknown>));
  }
}

describe('an announcement on SNS and EventBridge', () => {
  it('reaches the subscriber as a round-up, the operator, and the rules of the bus', async () => {
    const [mail, letters, seen] = [await aQueue('mail'), await aQueue('operator'), await aQueue('seen')];
    const [shop, operatorTopic] = [await aTopic('shop', mail), await aTopic('operator', letters)];
    await clients.events.send(new CreateEventBusCommand({ Name: BUS }));
    const EventPattern = JSON.stringify({ source: ['cavendish'], detail: { verdict: ['no-go'] } });
    await clients.events.send(new PutRuleCommand({ Name: 'hold', EventBusName: BUS, EventPattern }));
    const target = { Id: 'seen', Arn: seen.arn };
    await clients.events.send(new PutTargetsCommand({ Rule: 'hold', EventBusName: BUS, Targets: [target] }));

    const home = anAnnouncingHome([{ ...aSubscriber('shop', { repositories: ['shop/*'] }), topicArn: shop }]);
    const dependencies = {
      ...home.dependencies,
      operatorTopic,
      topics: snsTopics(clients.sns),
      events: eventBusSink({ client: clients.events, bus: BUS }),
    };
    const works = await Promise.all(
      [...Array.from({ length: 11 }, (_, place) => `shop/app-${place}`), 'other/app'].map((repository) =>
        home.owe(anAssessment({ placement: aPlacement({ repository, digest: aDigest(repository) }) })),
      ),
    );
    const { failures, noticesSent } = await announceVerdicts(works, dependencies);

    expect({ failed: failures.size, noticesSent }).toEqual({ failed: 0, noticesSent: 2 });
    expect(await received(mail.url)).toEqual([
      expect.objectContaining({
        Subject: '[Cavendish] 11 verdicts changed: 11 no-go',
        Message: expect.stringContaining('You are told as subscriber shop.'),
        MessageAttributes: { kind: { Type: 'String', Value: 'round-up' } },
      }),
    ]);
    expect((await received(letters.url)).map(({ Message }) => Message)).toEqual([
      expect.stringContaining('No subscriber wants this notice'),
    ]);
    const details = (await received(seen.url)).map(({ detail }) => detail as { readonly id: string });
    expect(new Set(details.map(({ id }) => id))).toEqual(
      new Set(works.map(({ id }) => id.replace('announce-verdict', 'verdict-changed'))),
    );
  });

  it('says who is subscribed, and that a topic is gone', async () => {
    const topic = await aTopic('looked-at', await aQueue('looked-at'));

    expect(await Array.fromAsync(snsSubscriptions(clients.sns).of(topic))).toEqual([
      { protocol: 'sqs', endpoint: expect.stringContaining('looked-at'), confirmed: true },
    ]);
    const gone = topic.replace('looked-at', 'gone');
    await expect(Array.fromAsync(snsSubscriptions(clients.sns).of(gone))).rejects.toMatchObject({ code: 'not-found' });
    const message = { topicArn: gone, subject: 's', text: 't', attributes: {} };
    await expect(snsTopics(clients.sns).publish(message)).rejects.toMatchObject({ code: 'not-found' });
  });
});
