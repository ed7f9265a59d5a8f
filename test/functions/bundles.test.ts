import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { ENV, type FunctionName, FUNCTIONS } from '../../lib/stacks/functions/names.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type FakeAws, startFakeAws } from './support/fake-aws.ts';
import { aQueueEvent, aRecord, aStreamEvent, aStreamRecord } from './support/lambda.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Bytes: the scanner brings more along, the API makes topics; no push waits for what is judged again, for a feed, or for what runs by the clock. */
const MOST: Readonly<Partial<Record<FunctionName, number>>> = {
  ...{ scan: 5_000_000, api: 1_450_000, again: 1_450_000, refresh: 1_450_000, sweep: 1_600_000 },
};
const MOST_OF_OTHERS = 1_350_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let aws: FakeAws;

async function run(args: readonly string[], input: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: ROOT, env });
  child.stdin.end(input);
  const ended = once(child, 'close');
  const [out, said, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (status !== 0) throw new Error(said);
  return out;
}

function fileOf(into: string, name: string): string {
  return join(folder.path, into, 'functions', name, 'index.mjs');
}

/** What the stack tells every function here. */
function environment(without?: keyof typeof ENV): NodeJS.ProcessEnv {
  const settings: Partial<Record<keyof typeof ENV, string>> = {
    registries: JSON.stringify([{ account: '111122223333', region: 'eu-central-1' }]),
    subscribers: '[]',
    evidenceBucket: 'evidence',
    appetiteBucket: 'assets',
    repositories: JSON.stringify(['team/*']),
    trustedSessionRoles: JSON.stringify(['arn:aws:iam::111122223333:role/sso']),
    sightings: JSON.stringify([{ clusters: ['lab'], environment: 'testing' }]),
    feeds: JSON.stringify({ kev: 'https://mirror.example.com/kev.json' }),
    timers: JSON.stringify({ group: 'timers', queueArn: 'arn:q', deadLetterArn: 'arn:d', roleArn: 'arn:r' }),
    operatorTopic: 'arn:aws:sns:eu-central-1:111122223333:operator',
  };
  const told = Object.entries(ENV).flatMap(([key, name]) => {
    const value = settings[key as keyof typeof ENV] ?? `https://sqs.eu-central-1.amazonaws.com/111122223333/${key}`;
    return key === without || key === 'registryEndpoint' ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(told),
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: aws.address,
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  };
}

/** Runs a bundle in a process of its own; what it says last is how it ended. */
async function invoke(name: FunctionName, event: unknown, env = environment()): Promise<unknown> {
  const args = ['test/functions/processes/invoke.ts', fileOf('first', name)];
  const lines = (await run(args, JSON.stringify(event), env)).trim().split('\n');
  return (JSON.parse(lines.at(-1) ?? '') as { end: unknown }).end;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  aws = await startFakeAws();
  for (const into of ['first', 'second']) {
    await run(['.ci/bundle-functions.js', join(folder.path, into)], '', process.env);
  }
}, 120_000);

afterAll(async () => {
  await aws.close();
  await folder.remove();
});

beforeEach(() => {
  (aws.asked as unknown[]).length = 0;
});

describe.each(FUNCTIONS)('the bundle of %s', (name) => {
  it('is as small as a cold start wants it', () => {
    expect(statSync(fileOf('first', name)).size).toBeLessThan(MOST[name] ?? MOST_OF_OTHERS);
  });

  it('is the same bytes each time', () => {
    const [first, second] = ['first', 'second'].map((into) =>
      createHash('sha256')
        .update(readFileSync(fileOf(into, name)))
        .digest('hex'),
    );
    expect(first).toBe(second);
  });

  it('names no path of the machine that it was made on', () => {
    expect(readFileSync(fileOf('first', name), 'utf8')).not.toContain(ROOT);
  });

  it('says which variable the stack did not set', async () => {
    // What fails in a refresh is for the next one, and who asks the API is told: they write no letters.
    const variable = ['refresh', 'api'].includes(name) ? 'table' : 'deadLetterQueue';
    expect(await invoke(name, {}, environment(variable))).toEqual({
      error: `the environment variable ${ENV[variable]} is not set`,
    });
  });
});

describe('a bundle run in a process of its own', () => {
  const DEAD = 'https://sqs.eu-central-1.amazonaws.com/111122223333/deadLetterQueue';
  /** An event as the documentation prints it: its digest does not have 64 digits. */
  const SAMPLE = {
    version: '0',
    id: '13cde686-328b-6117-af20-0e5566167482',
    'detail-type': 'ECR Image Action',
    source: 'aws.ecr',
    account: '123456789012',
    time: '2019-11-16T01:54:34Z',
    region: 'us-west-2',
    resources: [],
    detail: {
      result: 'SUCCESS',
      'repository-name': 'my-repository-name',
      'image-digest': 'sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234',
      'action-type': 'PUSH',
      'image-tag': 'latest',
    },
  };

  const MESSAGES = [
    { name: 'intake', source: 'events', body: JSON.stringify(SAMPLE), cause: 'image-digest' },
    { name: 'intake', source: 'events', body: '{"source":"aws.ecr"}', cause: 'id' },
    { name: 'scan', source: 'scan', body: '{"id":7}', cause: 'names work' },
    { name: 'judge', source: 'judge', body: 'poison', cause: 'JSON' },
    { name: 'announce', source: 'announce', body: '[]', cause: 'names work' },
    { name: 'again', source: 'again', body: '[]', cause: 'names work' },
    { name: 'remind', source: 'remind', body: '{"kind":"birthday","subject":"x"}', cause: 'names work' },
  ] as const;

  it.each(MESSAGES)('$name makes a message that nobody can read a dead letter: $cause', async (given) => {
    expect(await invoke(given.name, aQueueEvent(aRecord(given.body)))).toEqual({ answer: { batchItemFailures: [] } });
    expect(aws.asked).toEqual([
      {
        target: 'AmazonSQS.SendMessage',
        body: {
          QueueUrl: DEAD,
          MessageBody: given.body,
          MessageAttributes: {
            source: { DataType: 'String', StringValue: given.source },
            cause: { DataType: 'String', StringValue: expect.stringContaining(given.cause) },
          },
        },
      },
    ]);
  });

  it('dispatch names new work to its queue, and nothing else that the stream tells', async () => {
    const entry = { pk: 'OUTBOX#judge-placement#1', sk: 'ENTRY', type: 'judge-placement', body: '{}' };
    const changed = { ...aStreamRecord(entry, '2'), eventName: 'MODIFY' as const };
    const item = aStreamRecord({ pk: 'PLACEMENT#x', sk: 'CURRENT#production', body: '{}' }, '3');

    expect(await invoke('dispatch', aStreamEvent(aStreamRecord(entry, '1'), changed, item))).toEqual({
      answer: { batchItemFailures: [] },
    });
    expect(aws.asked).toEqual([
      {
        target: 'AmazonSQS.SendMessageBatch',
        body: {
          QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/111122223333/scanQueue',
          Entries: [{ Id: '0', MessageBody: '{"id":"judge-placement#1","type":"judge-placement"}', DelaySeconds: 0 }],
        },
      },
    ]);
  });

  it('a judge without a table leaves the message in its queue', async () => {
    const message = { id: 'decide-placement#1', type: 'decide-placement' };

    expect(await invoke('judge', aQueueEvent(aRecord(message)))).toEqual({
      error: expect.stringContaining('All records failed'),
    });
  });
});
