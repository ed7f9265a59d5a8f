import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type Addressed, addressedOfChange } from '../../../lib/core/notices/addressed.ts';
import { readersOf } from '../../../lib/core/notices/routing.ts';
import { KINDS, type Subscriber } from '../../../lib/core/notices/subscriber.ts';
import { worstOf } from '../../../lib/core/notices/worst.ts';
import { aChangedVerdict, aNews } from '../../support/changed-verdicts.ts';

const NOTICE: Addressed = {
  ...{ kinds: ['verdict-changed'], repository: 'shop/cart', asset: 'shop', stages: ['production'] },
  ...{ verdict: 'no-go', owner: 'shop team', severity: 'high' },
};
/** A feed is nobody's, and of no stage. */
const FEED: Addressed = {
  ...{ kinds: ['feed-stale'], repository: null, asset: null, stages: [] },
  ...{ verdict: null, owner: null, severity: null },
};

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
    ['names the asset', { assets: ['other', 'shop'] }, true],
    ['names another asset', { assets: ['shop/cart'] }, false],
    ['asks for the kind', { kinds: ['feed-stale', 'verdict-changed'] }, true],
    ['asks for other kinds', { kinds: ['feed-stale', 'review-due'] }, false],
    ['asks for what is so bad', { minSeverity: 'high' }, true],
    ['asks for less', { minSeverity: 'low' }, true],
    ['asks for worse', { minSeverity: 'critical' }, false],
    ['has one interest of two that does not hold', { repositories: ['**'], owners: ['nobody'] }, false],
  ])('reaches one that %s: %j is %s', (_what, interests, reached) => {
    expect(names(NOTICE, subscriber('one', interests))).toEqual(reached ? ['one'] : []);
  });

  it.each<[string, Partial<Subscriber>, boolean]>([
    ['names no kinds: a feed is no image', {}, false],
    ['asks for the kind', { kinds: ['feed-stale'] }, true],
    ['asks for it in a stage', { kinds: ['feed-stale'], stages: ['production'] }, false],
    ['asks for it of an owner', { kinds: ['feed-stale'], owners: ['shop team'] }, false],
    ['asks for it of repositories', { kinds: ['feed-stale'], repositories: ['**'] }, false],
    ['asks for it of an asset', { kinds: ['feed-stale'], assets: ['shop'] }, false],
    ['asks for it where things are bad: not known is bad', { kinds: ['feed-stale'], minSeverity: 'critical' }, true],
  ])('tells of a feed one that %s: %j is %s', (_what, interests, reached) => {
    expect(names(FEED, subscriber('one', interests))).toEqual(reached ? ['one'] : []);
  });

  it('tells of each kind whoever asks for that kind, and for no other', () => {
    const each = KINDS.map((kind) => subscriber(kind, { kinds: [kind] }));

    for (const kind of KINDS) expect(names({ ...NOTICE, kinds: [kind] }, ...each)).toEqual([kind]);
  });

  it('tells of what is of two kinds who asks for one of them, once', () => {
    const both = { ...NOTICE, kinds: ['judged-again', 'exploited'] as const };

    expect(names(both, subscriber('a', { kinds: ['exploited'] }), subscriber('b'))).toEqual(['a', 'b']);
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
        assets: fc.subarray(['shop', 'other'], { minLength: 1 }),
        minSeverity: fc.constantFrom('critical', 'high', 'medium', 'low'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        interests,
        fc.constantFrom('repositories', 'stages', 'verdicts', 'owners', 'assets', 'minSeverity'),
        (given, dropped) => {
          const wider = Object.fromEntries(Object.entries(given).filter(([key]) => key !== dropped));
          const reached = names(NOTICE, subscriber('one', given));
          expect(names(NOTICE, subscriber('one', wider))).toEqual(expect.arrayContaining([...reached]));
        },
      ),
    );
  });
});

describe('addressedOf', () => {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, none: 0, unrated: 0 };
  it.each([
    ['the worst of several', { high: 2, low: 9 }, 'no-go', 'high'],
    ['what is rated, beside what is not', { low: 1, unrated: 3 }, 'no-go', 'low'],
    ['nothing found', {}, 'go', 'none'],
    ['nothing rated', { unrated: 1 }, 'no-go', null],
    ['nothing known', {}, 'unknown', null],
  ] as const)('takes for the severity %s', (_what, found, verdict, severity) => {
    expect(worstOf({ counts: { ...counts, ...found }, verdict })).toBe(severity);
  });

  it.each([
    ['a change', {}, ['judged-again']],
    ['news of KEV in production', { news: [aNews()] }, ['judged-again', 'exploited']],
    ['news of KEV in testing', { news: [aNews()], stage: 'testing' }, ['judged-again']],
    ['news of EPSS', { news: [aNews({ kind: 'epss' })] }, ['judged-again']],
    ['one that became unknown', { verdict: 'unknown' }, ['judged-again', 'became-unknown']],
    ['one that is unknown still', { verdict: 'unknown', before: 'unknown' }, ['judged-again']],
  ] as const)('asks of %s as of %j: %j', (_what, given, kinds) => {
    expect(addressedOfChange(aChangedVerdict(given))).toMatchObject({
      kinds,
      repository: 'shop/cart',
      owner: 'shop team',
    });
  });
});
