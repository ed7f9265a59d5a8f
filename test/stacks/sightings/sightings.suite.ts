import { describe, expect, it } from '@jest/globals';

import { ENV } from '../../../lib/stacks/functions/names.ts';
import { resourceOf, resourcesOf, templateOf } from '../template.ts';

const RULE = 'AWS::Events::Rule';
const SIGHTINGS = /SightingsRule/u;

describe('what runs', () => {
  it('is told by the tasks of ECS that begin and end, to the queue of events', () => {
    const rule = resourceOf(templateOf(), RULE, SIGHTINGS);

    expect(rule['EventPattern']).toEqual({
      source: ['aws.ecs'],
      account: [{ Ref: 'AWS::AccountId' }],
      'detail-type': ['ECS Task State Change'],
      detail: { lastStatus: ['RUNNING', 'STOPPED'] },
    });
    expect(JSON.stringify(rule['Targets'])).toMatch(/QueuesEvents.*DeadLetterConfig.*QueuesDeadLetters/u);
  });

  it('may be put into the queue by that rule', () => {
    const policies = [...resourcesOf(templateOf(), 'AWS::SQS::QueuePolicy', /Events/u).values()];

    expect(JSON.stringify(policies)).toMatch(/"aws:SourceArn":\{"Fn::GetAtt":\["CavendishSightingsRule/u);
  });

  it('is production, but where the config says otherwise: intake and sweep are told, and nobody else', () => {
    const rules = [{ clusters: ['*-test'], environment: 'testing' as const }];
    const told = (template: ReturnType<typeof templateOf>) =>
      [...resourcesOf(template, 'AWS::Lambda::Function')].flatMap(([id, { Environment: environment }]) => {
        const { Variables: all } = environment as { readonly Variables: Readonly<Record<string, string>> };
        const said = all[ENV.sightings];
        return said === undefined ? [] : [[/Functions([a-z]+)Function/u.exec(id)?.[1], JSON.parse(said) as unknown]];
      });

    expect(told(templateOf())).toEqual([]);
    expect(told(templateOf({ sightings: rules }))).toEqual([
      ['intake', rules],
      ['sweep', rules],
    ]);
  });
});
