import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type Addressed, readersOf } from '../../../lib/core/notices/routing.ts';
import type { Subscriber } from '../../../lib/core/notices/subscriber.ts';

const NOTICE: Addressed = { repository: 'shop/cart', stage: 'production', verdict: 'no-go', owner: 'shop team' };

function subscriber(name: string, interests: Partial<Subscriber> = {}): Subscriber {
  return { name, topicArn: `arn:aws:sns:eu-central-1:111122223333:${name}`, ...interests };
}

function names(notice: Addressed, ...subscribers: readonly Subscriber[]): readonly string[] {
  return readersOf(notice, subscribers).map(({ name }) => name);
}

describe('readersOf', () => {
  it.each<[string, Partial<Subscriber>, boolean]>([
    ['asks for nothing', {}, true],
    ['names the repository', { repositories: ['other/*', 'shop/*'] }, true],
    ['names other repositories', { repositories: ['shop/*/*'] }, false],
    ['wants the stage', { stages: ['testing', 'production'] }, true],
    ['wants other stages', { stages: ['testing'] }, false],
    ['wants the verdict', { verdicts: ['no-go'] }, true],
    ['wants other verdicts', { verdicts: ['go', 'unknown'] }, false],
    ['names the owner', { owners: ['shop team'] }, true],
    ['names another owner', { owners: ['Shop Team'] }, false],
    ['has one interest of two that does not hold', { repositories: ['**'], owners: ['nobody'] }, false],
  ])('reaches one that %s: %j is %s', (_what, interests, reached) => {
    expect(names(NOTICE, subscriber('one', interests))).toEqual(reached ? ['one'] : []);
  });

  it('gives a topic that two share the notice once', () => {
    const shared = subscriber('second', { topicArn: subscriber('first').topicArn });

    expect(names(NOTICE, subscriber('first'), shared, subscriber('third'))).toEqual(['first', 'third']);
  });

  it('only ever narrows by an interest more', () => {
    const interests = fc.record(
      {
        repositories: fc.subarray(['shop/*', 'other/**', '**'], { minLength: 1 }),
        stages: fc.subarray(['development', 'testing', 'production'] as const, { minLength: 1 }),
        verdicts: fc.subarray(['go', 'no-go', 'unknown'] as const, { minLength: 1 }),
        owners: fc.subarray(['shop team', 'platform'], { minLength: 1 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(interests, fc.constantFrom('repositories', 'stages', 'verdicts', 'owners'), (given, dropped) => {
        const wider = Object.fromEntries(Object.entries(given).filter(([key]) => key !== dropped));
        const reached = names(NOTICE, subscriber('one', given));
        expect(names(NOTICE, subscriber('one', wider))).toEqual(expect.arrayContaining([...reached]));
      }),
    );
  });
});
