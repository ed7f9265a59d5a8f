import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { BatchDeleteImageCommand } from '@aws-sdk/client-ecr';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { secondOpinionKey } from '../../lib/core/register/keys.ts';
import { OUTPUTS } from '../../lib/stacks/functions/names.ts';
import { acceptedRisk } from './accepted-risk.ts';
import { type AwsHome, openAwsHome } from './home.ts';
import { NEWLY_EXPLOITED, newsArrives, taskRuns } from './judged-again.ts';
import { cavendish, cavendishJson } from './parts/command-line.ts';
import type { Heard, HeardEvent } from './parts/ears.ts';
import { placementOf, type Walk, walk } from './walk.ts';

jest.setTimeout(900_000);

interface Listed {
  readonly placement: { readonly repository: string; readonly digest: string };
  readonly tag: string | null;
  readonly platform: string;
  readonly verdict: string;
  readonly assessment: string;
}

interface Rehearsal {
  readonly judged: number;
  readonly failed: readonly unknown[];
}

let home: AwsHome;
let walked: Walk;
let told: { readonly notices: readonly Heard[]; readonly events: readonly HeardEvent[] };
let board: readonly Listed[];
let all: readonly Listed[];
beforeAll(async () => {
  home = await openAwsHome();
  walked = await walk(home);
  told = { notices: await home.ears.subscriber.take(), events: await home.ears.bus.take() };
  board = (await cavendishJson(home, 'images')) as readonly Listed[];
  all = (await cavendishJson(home, 'images', '--all')) as readonly Listed[];
});
afterAll(async () => {
  console.log(askedOf(home));
  await home.stop();
});

/** What each function asked of AWS on the way: what its cost is counted by. */
function askedOf({ meters }: AwsHome): string {
  const lines = [...meters].map(([name, meter]) => {
    const asked = meter.take();
    const by = Object.entries(Object.groupBy(asked, ({ what }) => what)).map(
      ([what, some]) => `${what} ${some?.length ?? 0}`,
    );
    const [read, written] = [
      asked.reduce((sum, one) => sum + one.read, 0),
      asked.reduce((sum, one) => sum + one.written, 0),
    ];
    return `${name}: ${by.sort((a, b) => (a < b ? -1 : 1)).join(', ')}; ${read} read units, ${written} write units`;
  });
  return lines.join('\n');
}

function of(repository: string, from = board) {
  return from
    .filter(({ placement }) => placement.repository === repository)
    .map(({ placement, tag, platform, verdict }) => ({ digest: placement.digest, tag, platform, verdict }));
}

describe('the way on AWS', () => {
  it('judges a push with a tag', () => {
    const { digest } = walked.pushed.tagged;
    expect(of('team/tagged')).toEqual([{ digest, tag: '12.15', platform: 'linux/amd64', verdict: 'no-go' }]);
  });

  it('judges a push without a tag', () => {
    const { digest } = walked.pushed.untagged;
    expect(of('team/untagged')).toEqual([{ digest, tag: null, platform: 'linux/amd64', verdict: 'no-go' }]);
  });

  it('judges each platform of an index, under its tag and once', () => {
    const [amd64, arm64] = walked.parts;
    expect(of('team/index').sort((a, b) => (a.platform < b.platform ? -1 : 1))).toEqual([
      { digest: amd64.digest, tag: '1.0', platform: 'linux/amd64', verdict: 'no-go' },
      { digest: arm64.digest, tag: '1.0', platform: 'linux/arm64', verdict: 'no-go' },
    ]);
    const judged = home.functions
      .get('judge')!
      .output()
      .match(/"message":"image judged".*team\/index@/gu);
    expect(judged).toHaveLength(2);
  });

  it('judges no artifact', () => {
    expect(all.filter(({ placement }) => placement.digest === walked.pushed.artifact.digest)).toEqual([]);
  });

  it('takes what was deleted off the board, and keeps it', () => {
    expect(of('team/deleted')).toEqual([]);
    expect(of('team/deleted', all)).toMatchObject([{ digest: walked.pushed.deleted.digest, verdict: 'no-go' }]);
  });

  it('judges what replication brings', () => {
    expect(of('team/replicated')).toMatchObject([{ digest: walked.pushed.replicated.digest, tag: '1.0' }]);
  });

  it("keeps the basic scan's findings as a second opinion", async () => {
    const { pk, sk } = secondOpinionKey(placementOf('team/tagged', walked.pushed.tagged), 'ecr-basic');
    const Key = { pk: { S: pk }, sk: { S: sk } };
    const { clients, deployed } = home;
    const { Item } = await clients.dynamoDb.send(
      new GetItemCommand({ TableName: deployed.outputs[OUTPUTS.table], Key, ConsistentRead: true }),
    );
    expect(JSON.parse(Item?.['body']?.S ?? 'null')).toMatchObject({ state: 'complete' });
  });

  it('makes a dead letter with its cause of an event that nobody can read, and of nothing else', async () => {
    const { clients, deployed } = home;
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: deployed.outputs[OUTPUTS.deadLetterQueue],
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    expect(Messages.map(({ MessageAttributes }) => MessageAttributes)).toMatchObject([
      { source: { StringValue: 'events' }, cause: { StringValue: expect.stringContaining('image-digest') } },
    ]);
  });

  it('tells the subscriber of each verdict once, in a mail that SNS can carry', () => {
    const names = told.notices.map(({ subject }) => /^\[Cavendish\] NO-GO: (\S+) /u.exec(subject)?.[1] ?? subject);
    const [untagged = ''] = names.filter((name) => name.startsWith('team/untagged@'));
    expect(names.sort()).toEqual(
      [
        'team/deleted:1.0',
        'team/index:1.0',
        'team/index:1.0',
        'team/replicated:1.0',
        'team/tagged:12.15',
        untagged,
      ].sort(),
    );
    for (const { subject, text } of told.notices) {
      expect(subject).toMatch(/^[ -~]{1,99}$/u);
      expect(text).toContain('You are told as subscriber security.');
    }
  });

  it('puts an event on its bus for each verdict', () => {
    expect(told.events.map((event) => event['detail-type'])).toEqual(Array(6).fill('Verdict Changed'));
    const placements = told.events.map(({ detail }) => (detail['placement'] as { digest: string }).digest);
    const { pushed, parts } = walked;
    const judged = [pushed.tagged, pushed.untagged, ...parts, pushed.deleted, pushed.replicated];
    expect(placements.sort()).toEqual(judged.map(({ digest }) => digest).sort());
  });

  it('can be replayed from what lies in S3, byte for byte', async () => {
    const { assessment = '' } = board.find(({ placement }) => placement.repository === 'team/tagged') ?? {};
    expect(await cavendish(home, 'replay', assessment)).toMatchObject({ code: 0 });
  });

  it('refreshes feeds, judges again what the news touches, and tells each reader once', async () => {
    const { refreshed, notices, events } = await newsArrives(home);

    const [first, second] = refreshed.map(({ result }) => result as readonly { feed: string; outcome: string }[]);
    expect(first).toContainEqual({ feed: 'kev', outcome: 'held', cause: null });
    expect(second).toContainEqual({ feed: 'kev', outcome: 'unchanged', cause: null });
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toContain(NEWLY_EXPLOITED);
    expect(new Set(events.map((event) => event['detail-type']))).toEqual(new Set(['Verdict Changed']));
    const [tagged] = ((await cavendishJson(home, 'images')) as readonly Listed[]).filter(
      ({ placement }) => placement.repository === 'team/tagged',
    );
    const { findings } = (await cavendishJson(home, 'show', tagged?.placement.digest ?? '')) as {
      readonly findings: readonly { readonly vulnerability: string; readonly kev: object | null }[];
    };
    expect(findings.find(({ vulnerability }) => vulnerability === NEWLY_EXPLOITED)?.kev).not.toBeNull();
    expect(await cavendish(home, 'replay', tagged?.assessment ?? '')).toMatchObject({ code: 0 });
  });

  it('knows what runs, from the events of ECS', async () => {
    await taskRuns(home, 'team/tagged', walked.pushed.tagged);

    const running = (await cavendishJson(home, 'sightings')) as readonly { readonly digest: string }[];
    expect(running).toMatchObject([{ digest: walked.pushed.tagged.digest, environment: 'production', source: 'ecs' }]);
  });

  it('lets a risk be accepted by two people, for as long as they say', async () => {
    const { refused, visitor, accepted, revoked } = await acceptedRisk(home, walked.pushed.tagged.digest);

    expect(refused).toMatchObject({ code: 70, errors: expect.stringContaining('may not do this') });
    expect(visitor).toMatchObject({ code: 70, errors: expect.stringContaining('may only request') });
    expect(accepted.perl.length).toBeGreaterThan(0);
    expect(accepted.perl.every(({ exceptions }) => exceptions.length === 1)).toBe(true);
    expect(accepted.others.every(({ exceptions }) => exceptions.length === 0)).toBe(true);
    expect(accepted.score.open).toBeLessThan(accepted.score.residual);
    expect(accepted.score.residual).toBeLessThan(accepted.score.inherent);
    expect(revoked.perl.every(({ exceptions }) => exceptions.length === 0)).toBe(true);
  });

  it('rehearses a year ahead: no answer takes longer than the API has', async () => {
    const until = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
    const start = performance.now();
    const { judged, failed } = (await cavendishJson(home, 'rehearse', '--until', until)) as Rehearsal;
    console.log(`rehearsed a year of ${judged} verdicts in ${Math.round(performance.now() - start)} ms`);

    expect(failed).toEqual([]);
    expect(judged).toBeGreaterThanOrEqual(board.length);
  });

  it('is swept: what no event took away leaves the board, and nothing else is found', async () => {
    const { clients, functions } = home;
    const imageIds = [{ imageDigest: walked.pushed.replicated.digest }];
    await clients.ecr.send(new BatchDeleteImageCommand({ repositoryName: 'team/replicated', imageIds }));

    const swept = await functions.get('sweep')?.invoke({});

    expect(swept).toMatchObject({ error: null, result: { pushesMissed: 0, deletionsMissed: 1, subscriptionsLost: 0 } });
    const left = (await cavendishJson(home, 'images')) as readonly Listed[];
    expect(of('team/replicated', left)).toEqual([]);
    expect(left).toHaveLength(board.length - 1);
  });
});
