/** The command line itself, as a process, on the deployed stack: every answer is moto's. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import { ListSubscriptionsByTopicCommand, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { Check } from '../../lib/pipeline/examine-home/check.ts';
import { OUTPUTS } from '../../lib/stacks/functions/names.ts';
import type { ApiFront } from '../support/api-front.ts';
import { callingApi, startApi } from './parts/api.ts';
import { type Clients, openClients } from './parts/clients.ts';
import { type Deployed, deployStack, STACK } from './parts/deploy.ts';
import { namesOf } from './parts/deployed-names.ts';
import { awsEnvironment } from './parts/environment.ts';
import { type DeployedFunction, startFunction } from './parts/functions.ts';
import { type Moto, startMoto } from './parts/moto.ts';

jest.setTimeout(180_000);

const ROOT = join(import.meta.dirname, '..', '..');
const SAMPLE = join(ROOT, 'lib', 'cli', 'sample');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let moto: Moto;
let deployed: Deployed;
let clients: Clients;
let answering: DeployedFunction;
let api: ApiFront;
beforeAll(async () => {
  moto = await startMoto();
  clients = openClients(moto.endpoint);
  deployed = await deployStack(moto.endpoint);
  const names = await namesOf(clients, 'AWS::Lambda::Function');
  const platform = { endpoint: moto.endpoint, s3: clients.s3, deployed, extra: {} };
  answering = await startFunction(names.find((name) => /api/iu.test(name)) ?? '', platform);
  api = await startApi(answering);
});
afterAll(async () => {
  await api.close();
  await answering.stop();
  await moto.stop();
});

/** Runs a command on the stack, in a process of its own. */
async function cavendish(...argv: readonly string[]): Promise<Ended> {
  return await new Promise((resolve) => {
    const env = {
      CAVENDISH_HOME: `aws:${STACK}`,
      ...process.env,
      ...awsEnvironment(moto.endpoint),
      ...callingApi(api, 'OPERATOR'),
    };
    execFile(process.execPath, [join(ROOT, 'bin', 'cavendish.js'), ...argv], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

async function ill(): Promise<readonly string[]> {
  const { stdout } = await cavendish('doctor', '--json', '--patience', '0');
  const { checks } = JSON.parse(stdout) as { readonly checks: readonly Check[] };
  return checks.filter(({ well }) => !well).map(({ id }) => id);
}

async function messagesIn(queue: keyof typeof OUTPUTS): Promise<number> {
  const request = { QueueUrl: deployed.outputs[OUTPUTS[queue]], AttributeNames: ['All' as const] };
  const { Attributes: found } = await clients.sqs.send(new GetQueueAttributesCommand(request));
  return Number(found?.ApproximateNumberOfMessages ?? 0) + Number(found?.ApproximateNumberOfMessagesDelayed ?? 0);
}

describe('the command line on a deployed stack', () => {
  it('finds the home by its outputs, and nothing judged in it', async () => {
    expect(await cavendish('images')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing has been judged'),
    });
    expect(await cavendish('inbox', '--json')).toMatchObject({ code: 0, stdout: '[]\n' });
    expect(await cavendish('appetite', 'check')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is right'),
    });
  });

  it('says which stack is not there', async () => {
    const { code, stderr } = await cavendish('feeds', 'import', join(SAMPLE, 'kev.json'), '--home', 'aws:Elsewhere');
    expect(code).toBe(70);
    expect(stderr).toContain('there is no stack Elsewhere in eu-central-1');
  });

  it('takes feeds in, and lists them', async () => {
    const files = ['advisories.json', 'kev.json', 'epss.csv', 'cve-records.jsonl'].map((name) => join(SAMPLE, name));
    expect(await cavendish('feeds', 'import', ...files, '--complete', 'Debian:12')).toMatchObject({ code: 0 });
    const held = JSON.parse((await cavendish('feeds', '--json')).stdout) as { readonly kind: string }[];
    expect(held.map(({ kind }) => kind).sort()).toEqual(['advisories', 'cve', 'epss', 'kev']);
  });

  // No function runs here: what the import left to be judged again waits.
  it('finds all well but the feeds, which are old, and sees a rule that is turned off', async () => {
    const topic = { TopicArn: deployed.outputs[OUTPUTS.operatorTopic] };
    const { Subscriptions: held = [] } = await clients.sns.send(new ListSubscriptionsByTopicCommand(topic));
    for (const { SubscriptionArn } of held) await clients.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect(await ill()).toEqual(['subscribers-operators', 'feeds', 'outbox']);
    const email = { ...topic, Protocol: 'email', Endpoint: 'ops@example.org' };
    await clients.sns.send(new SubscribeCommand(email));
    expect(await ill()).toEqual(['feeds', 'outbox']);
    const rule = { Name: deployed.outputs[OUTPUTS.pushRule] };
    await clients.events.send(new DisableRuleCommand(rule));
    expect(await ill()).toEqual(['push-rule', 'feeds', 'outbox']);
    await clients.events.send(new EnableRuleCommand(rule));
  });

  it('shows a dead letter, and sends it where it came from', async () => {
    await clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: deployed.outputs[OUTPUTS.deadLetterQueue],
        MessageBody: '{"source":"aws.ecr"}',
        MessageAttributes: {
          source: { DataType: 'String', StringValue: 'events' },
          cause: { DataType: 'String', StringValue: 'a test of ours' },
        },
      }),
    );
    expect(await ill()).toEqual(['dead-letters', 'feeds', 'outbox']);
    expect((await cavendish('dead-letters')).stdout).toContain('a test of ours');
    expect(await messagesIn('deadLetterQueue')).toBe(1);

    expect(await cavendish('dead-letters', 'redrive', '--all')).toMatchObject({ code: 0 });
    expect(await messagesIn('deadLetterQueue')).toBe(0);
    expect(await messagesIn('eventsQueue')).toBe(1);
    const queue = { QueueUrl: deployed.outputs[OUTPUTS.eventsQueue], WaitTimeSeconds: 10 };
    const { Messages: back = [] } = await clients.sqs.send(new ReceiveMessageCommand(queue));
    expect(back.map(({ Body }) => Body)).toEqual(['{"source":"aws.ecr"}']);
    expect((await cavendish('dead-letters')).stdout).toBe('None.\n');
  });
});
