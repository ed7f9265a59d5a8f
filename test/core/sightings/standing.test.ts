import { describe, expect, it } from '@jest/globals';

import type { Stage } from '../../../lib/core/image/stage.ts';
import { isRunning, type Sighting, whereSchema } from '../../../lib/core/sightings/sighting.ts';
import { counts, runsInProduction } from '../../../lib/core/sightings/standing.ts';
import { aDigest } from '../../support/assessments.ts';

function inStage(environment: Stage): Sighting {
  return {
    ...{ digest: aDigest('image'), where: 'shop', environment, image: null, source: 'cli' },
    ...{ firstSeen: '2026-11-24T00:00:00.000Z', lastSeen: '2026-11-24T00:00:00.000Z', endedAt: null },
  };
}

const STANDS = { superseded: false, gone: null, sighted: false, retired: false };
const GONE = { at: '2026-11-24T00:00:00.000Z', why: 'deleted' } as const;

describe('a current verdict counts', () => {
  it.each<[string, Partial<Parameters<typeof counts>[0]>, readonly Stage[], boolean]>([
    ['as long as its image has a tag', {}, [], true],
    ['not once its image was replaced', { superseded: true }, [], false],
    ['not once its registry lost it', { gone: GONE }, [], false],
    ['though it was replaced, while it runs anywhere', { superseded: true }, ['testing'], true],
    ['though its registry lost it, while it runs anywhere', { gone: GONE }, ['development'], true],
    ['for a sighting, while it runs in production', { sighted: true }, ['testing', 'production'], true],
    ['not for a sighting, where it runs elsewhere', { sighted: true }, ['testing'], false],
    ['not for a sighting that ended, though it has a tag', { sighted: true }, [], false],
    ['never for a stage that the appetite took away', { retired: true }, ['production'], false],
  ])('%s', (_, current, running, expected) => {
    expect(counts({ ...STANDS, ...current }, running.map(inStage))).toBe(expected);
  });

  it('knows what runs in production', () => {
    expect(runsInProduction([])).toBe(false);
    expect(runsInProduction([inStage('testing')])).toBe(false);
    expect(runsInProduction([inStage('testing'), inStage('production')])).toBe(true);
  });
});

describe('where something runs', () => {
  it.each([
    ['shop/production', true],
    ['ä'.repeat(400), true],
    [`${'ä'.repeat(400)}a`, false],
    ['', false],
    [' shop', false],
    ['shop ', false],
    ['shop\nproduction', false],
    ['shop\u001b[2J', false],
  ])('is one line of 800 bytes at most: %j', (text, expected) => {
    expect(whereSchema.safeParse(text).success).toBe(expected);
  });

  it('is over at its end', () => {
    expect(isRunning({ endedAt: null })).toBe(true);
    expect(isRunning({ endedAt: '2026-11-24T00:00:00.000Z' })).toBe(false);
  });
});
