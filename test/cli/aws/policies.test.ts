/** The policies of docs/operators.md: what every command asks of AWS, and nothing else. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { dynamoWork } from '../../../lib/adapters/aws/register/work.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { type AwsTestHome, startAwsHome } from '../../support/aws-home.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SAMPLE = join(ROOT, 'lib/cli/sample');
const NOW = new Date('2026-11-24T12:00:00Z');

interface Statement {
  readonly Action: string | readonly string[];
}

let home: AwsTestHome;
/** By the heading that a policy is under. */
let policies: ReadonlyMap<string, readonly string[]>;

function actionsOf(policy: string): readonly string[] {
  const { Statement: statements } = JSON.parse(policy) as { readonly Statement: readonly Statement[] };
  return statements.flatMap(({ Action: action }) => action).sort();
}

/** What commands ask for, run one after the other. */
async function askedBy(...commands: readonly (readonly string[])[]): Promise<readonly string[]> {
  home.reset();
  let lent = false;
  const letter = { MessageId: 'm', ReceiptHandle: 'h', Body: '{}', Attributes: { SentTimestamp: '0' } };
  const source = { source: { DataType: 'String', StringValue: 'events' } };
  home.mocks.sqs.on(ReceiveMessageCommand).callsFake(() => {
    lent = !lent;
    return lent ? { Messages: [{ ...letter, MessageAttributes: source }] } : {};
  });
  home.mocks.sqs.on(SendMessageCommand).resolves({}).on(SendMessageBatchCommand).resolves({});
  for (const argv of commands) {
    lent = false;
    const { code, stderr } = await home.run(...argv);
    if (code !== 0 && argv[0] !== 'doctor') throw new Error(`${argv.join(' ')}: ${stderr}`);
  }
  return home.actions();
}

beforeAll(async () => {
  home = await startAwsHome(NOW);
  home.s3.objects.set('/assets/appetite.yaml', { bytes: Buffer.from(anAppetiteFile()), checksum: undefined });
  const text = await readFile(join(ROOT, 'docs/operators.md'), 'utf8');
  const found = text.matchAll(/^### (?<name>.+)$[\s\S]*?^```json\n(?<policy>[\s\S]*?)^```$/gmu);
  policies = new Map([...found].map(({ groups }) => [groups?.['name'] ?? '', actionsOf(groups?.['policy'] ?? '')]));
});
afterAll(() => home.close());

describe("an operator's policy", () => {
  it('is there for each kind of command', () => {
    expect([...policies.keys()]).toEqual([
      'To look at the machinery',
      'To take feeds in',
      'To send dead letters again',
    ]);
  });

  it('lets feeds be taken in', async () => {
    const asked = await askedBy(['feeds', 'import', join(SAMPLE, 'kev.json'), join(SAMPLE, 'advisories.json')]);
    const more = asked.filter((action) => policies.get('To look at the machinery')?.includes(action) !== true);
    expect(more).toEqual(policies.get('To take feeds in'));
    expect((await home.run('feeds')).stdout).toContain('1662 records');
  });

  it('lets the machinery be looked at', async () => {
    const asked = await askedBy(['doctor', '--patience', '0'], ['dead-letters']);
    // Nobody asks for it; S3 demands it of who asks for what is not there.
    expect([...asked, 's3:ListBucket'].sort()).toEqual(policies.get('To look at the machinery'));
  });

  it('is needed by nobody who asks the API', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const asked = await askedBy(
      ['images', '--all'],
      ['sight', digest, '--where', 'shop'],
      ['sightings', digest],
      ['affected', 'CVE-2026-1234'],
      ['feeds'],
      ['inbox'],
      ['appetite', 'show'],
      ['whoami'],
    );
    expect(asked).toEqual(['cloudformation:DescribeStacks']);
    expect((await home.run('sightings')).stdout).toContain('shop');
  });

  it('lets dead letters be sent again and put away', async () => {
    const { client, table, seed } = home.table;
    const work = dynamoWork({ client, table, leaseSeconds: 60 });
    await seed({ puts: [], outbox: [{ id: 'w', type: 'announce-verdict', body: {} }] });
    const taken = await work.take('w', NOW);
    if (taken.outcome === 'taken') await work.bury(taken.work, 'gone');

    const asked = await askedBy(['dead-letters', 'redrive', '--all'], ['dead-letters', 'discard', '--id', 'm']);
    const more = asked.filter((action) => policies.get('To look at the machinery')?.includes(action) !== true);
    expect(more).toEqual(policies.get('To send dead letters again'));
  });
});
