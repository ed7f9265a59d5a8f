import { describe, expect, it } from '@jest/globals';

import { PUBLISHED_ADDRESSES, readFeedAddresses } from '../../../lib/core/advisories/feed-addresses.ts';
import { ENV, FUNCTIONS } from '../../../lib/stacks/functions/names.ts';
import { resourceOf, resourcesOf, templateOf } from '../template.ts';

const template = templateOf({ repositories: ['team/**'], subscribers: [{ name: 'shop', stages: ['production'] }] });
const FUNCTION = 'AWS::Lambda::Function';
const MAPPING = 'AWS::Lambda::EventSourceMapping';

function variables(name: string, of = template): Readonly<Record<string, unknown>> {
  const { Environment: environment } = resourceOf(of, FUNCTION, new RegExp(`Functions${name}Function`, 'u'));
  return (environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables;
}

describe('the functions', () => {
  it.each(FUNCTIONS)('%s runs on Node 24, is traced, and writes into a log that ends some day', (name) => {
    expect(resourceOf(template, FUNCTION, new RegExp(`Functions${name}Function`, 'u'))).toMatchObject({
      ...{
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        Handler: 'index.handler',
      },
    });
    const { RetentionInDays: days } = resourceOf(
      template,
      'AWS::Logs::LogGroup',
      new RegExp(`Functions${name}Log`, 'u'),
    );
    expect(days).toBe(90);
  });

  it.each([
    ['intake', ['table', 'evidenceBucket', 'eventsQueue', 'deadLetterQueue', 'registries', 'repositories']],
    ['dispatch', ['scanQueue', 'judgeQueue', 'announceQueue', 'againQueue', 'remindQueue', 'deadLetterQueue']],
    [
      'scan',
      ['table', 'evidenceBucket', 'appetiteBucket', 'appetiteKey', 'scanQueue', 'deadLetterQueue', 'registries'],
    ],
    [
      'remind',
      [
        'table',
        'evidenceBucket',
        'appetiteBucket',
        'appetiteKey',
        'operatorTopic',
        'subscribers',
        'subscriberTopics',
        'topicKey',
        'eventBus',
        'timers',
        'remindQueue',
        'deadLetterQueue',
      ],
    ],
    ['judge', ['table', 'evidenceBucket', 'appetiteBucket', 'appetiteKey', 'judgeQueue', 'deadLetterQueue']],
  ] as const)('tell %s what it reads, and nothing else', (name, expected) => {
    expect(Object.keys(variables(name)).sort()).toEqual(expected.map((key) => ENV[key]).sort());
  });

  it('say which repositories are watched, and who hears of what', () => {
    expect(variables('intake')[ENV.repositories]).toBe('["team/**"]');
    expect(JSON.stringify(variables('announce')[ENV.subscribers])).toMatch(/shop.*production.*topicArn/u);
  });

  it('say where feeds come from, in a form that the function reads, and nothing where nothing is said', () => {
    const given = variables('refresh', templateOf({ feeds: { kev: 'https://mirror.example.com/kev.json' } }));

    expect(readFeedAddresses(JSON.parse(String(given[ENV.feeds])), 'the test')).toEqual({
      ...PUBLISHED_ADDRESSES,
      kev: 'https://mirror.example.com/kev.json',
    });
    expect(variables('refresh')).not.toHaveProperty(ENV.feeds);
  });

  it('get messages that fail alone', () => {
    const sources = [...resourcesOf(template, MAPPING).values()];

    expect(sources).toHaveLength(7);
    for (const source of sources) expect(source['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  });

  it.each([
    ['Scan', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 10 } }],
    ['Announce', { BatchSize: 500, ScalingConfig: { MaximumConcurrency: 2 } }],
    ['Again', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 5 } }],
    ['Remind', { BatchSize: 10, ScalingConfig: { MaximumConcurrency: 2 } }],
  ])('run no more of %s at a time than they should', (name, expected) => {
    const found = [...resourcesOf(template, MAPPING).values()].find((one) =>
      JSON.stringify(one['EventSourceArn']).includes(`Queues${name}`),
    );
    expect(found).toMatchObject(expected);
  });

  it('have room on disk where they unpack what is large, and nowhere else', () => {
    const disks = FUNCTIONS.map((name) => {
      const found = resourceOf(template, FUNCTION, new RegExp(`Functions${name}Function`, 'u'));
      return [name, found['EphemeralStorage'] ?? null] as const;
    });
    expect(disks.filter(([, disk]) => disk !== null)).toEqual([['refresh', { Size: 10_240 }]]);
  });

  it('get new outbox entries from the stream, from its beginning, and lose none that can not be passed on', () => {
    const stream = [...resourcesOf(template, MAPPING).values()].find(({ StartingPosition: at }) => at !== undefined);

    expect(stream).toMatchObject({
      ...{ StartingPosition: 'TRIM_HORIZON', BisectBatchOnFunctionError: true, MaximumRecordAgeInSeconds: 3600 },
      FilterCriteria: {
        Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"sk":{"S":["ENTRY"]}}}}' }],
      },
    });
    expect(JSON.stringify(stream?.['DestinationConfig'])).toContain('QueuesDeadLetters');
  });
});
