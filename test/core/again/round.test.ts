import { describe, expect, it } from '@jest/globals';

import {
  isOtherModel,
  readPageDone,
  readRoundHead,
  readRoundPage,
  readRoundTelling,
  type ToldFeed,
} from '../../../lib/core/again/round.ts';
import { aPlacement } from '../../support/assessments.ts';
import { aRound } from '../../support/changed-verdicts.ts';

const AT = '2026-08-02T00:00:00.000Z';
const FAILED = { placement: aPlacement(), stage: 'production', why: 'its SBOM is gone' };
const { head } = aRound();

function epss(before: string | null | undefined, after: string | null, kind: ToldFeed['kind'] = 'epss'): ToldFeed {
  const version = (model: string | null) => ({ date: AT, count: 1, model });
  return { id: kind, kind, before: before === undefined ? null : version(before), after: version(after) };
}

describe('figures of EPSS', () => {
  it.each([
    ['of two models do not compare', epss('v4', 'v5'), true],
    ['of one model do', epss('v5', 'v5'), false],
    ['of a model where none was named before do not', epss(null, 'v5'), true],
    ['where nothing was held before are of no other model', epss(undefined, 'v5'), false],
    ['are not what another feed holds', epss('v4', 'v5', 'kev'), false],
  ])('%s', (_, feed, isOther) => {
    expect(isOtherModel(feed)).toBe(isOther);
  });
});

describe('the items of a round', () => {
  it('are read as they were kept', () => {
    expect(readRoundHead({ body: head })).toEqual(head);
    expect(readRoundHead(null)).toBeNull();
    const page = { placements: [aPlacement()] };
    expect(readRoundPage({ body: page })).toEqual(page);
    const done = { at: AT, judged: 3, changed: 1, untouched: 2, failed: [FAILED] };
    expect(readPageDone({ body: done })).toEqual(done);
    const telling = { pages: [0, 1], open: 1, failed: [FAILED], lost: 2 };
    expect(readRoundTelling({ body: telling })).toEqual(telling);
  });

  it('of a telling that was kept before anything could be lost say that nothing was', () => {
    expect(readRoundTelling({ body: { pages: [0], open: 0, failed: [] } })).toMatchObject({ lost: 0 });
  });

  it.each([
    ['a head without a cause', () => readRoundHead({ body: { ...head, cause: { kind: 'weather' } } })],
    ['a head of no number of pages', () => readRoundHead({ body: { ...head, pages: -1 } })],
    [
      'a head of a feed of no kind',
      () => readRoundHead({ body: { ...head, feeds: [{ ...head.feeds[0], kind: 'x' }] } }),
    ],
    ['a page of no placements', () => readRoundPage({ body: {} })],
    [
      'a page that judged less than nothing',
      () => readPageDone({ body: { at: AT, judged: -1, changed: 0, untouched: 0, failed: [] } }),
    ],
    ['a telling of no page', () => readRoundTelling({ body: { pages: ['first'], open: 0, failed: [] } })],
  ])('are none: %s', (_, read) => {
    expect(read).toThrow();
  });
});
