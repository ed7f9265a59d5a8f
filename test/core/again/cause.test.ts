import { describe, expect, it } from '@jest/globals';

import { type Cause, causeId, causeName, causeSchema } from '../../../lib/core/again/cause.ts';

const DIGEST = `sha256:${'a'.repeat(64)}` as const;

describe('causes', () => {
  it('are one however often they are told, and two where the same image changes twice', () => {
    const once: Cause = { kind: 'sighted', at: '2026-11-24T10:00:00.000Z', digest: DIGEST };
    const told: Cause = { digest: DIGEST, at: '2026-11-24T10:00:00.000Z', kind: 'sighted' };

    expect(causeId(told)).toBe(causeId(once));
    expect(causeId({ ...once, at: '2026-11-25T10:00:00.000Z' })).not.toBe(causeId(once));
    expect(`sha256:${causeName(once)}`).toBe(causeId(once));
  });

  it.each([
    { kind: 'feeds', at: '2026-11-24T10:00:00.000Z', changes: [] },
    { kind: 'day', day: '24 November' },
    { kind: 'approval', at: 'yesterday', image: DIGEST },
    { kind: 'weather' },
  ])('are refused where they say nothing: %j', (cause) => {
    expect(causeSchema.safeParse(cause).success).toBe(false);
  });
});
