import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { watchLog } from './support/parts.ts';
import { storm } from './support/storm.ts';

beforeEach(() => {
  watchLog();
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('a storm of 2,000 pushes in a minute, every message twice', () => {
  it('loses none, judges none twice, and becomes a handful of messages to each reader', async () => {
    const { asked, ...came } = await storm(2000);

    expect(came).toEqual({
      ...{ images: 2000, onBoard: 2000, assessments: 2000, told: 2000, letters: 0, leftOver: 0 },
      ...{ mails: expect.any(Number), heldBack: expect.any(Number), busiestSecond: expect.any(Number) },
    });
    // Eight batches, of which every message comes twice, and two readers.
    expect(came.mails).toBeLessThanOrEqual(2 * 8);
    expect(came.heldBack).toBeGreaterThan(2 * 1900);
    expect(came.busiestSecond).toBeLessThanOrEqual(10);
    // A clone of a base costs its own layer: the base was scanned once.
    expect(asked['work.done']).toBe(3 * 2000);
  }, 300_000);
});
