import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';

import { roundUp, roundUpEntry } from '../../lib/core/notices/round-up.ts';
import type { Decision } from '../../lib/core/register/assessment.ts';
import { anAssessment, aPlacement } from '../support/assessments.ts';

const GAP = { kind: 'feed-stale', subject: 'kev', message: 'the KEV is old', tolerated: false } as const;

function entry(repository: string, verdict: Decision, critical: number, was: Decision | null) {
  const assessment = anAssessment({
    at: '2026-11-24T10:02:00.000Z',
    placement: aPlacement({ repository }),
    verdict,
    ...(verdict !== 'no-go' && { reasons: [] }),
    ...(verdict === 'go' && { blocking: false }),
    gaps: verdict === 'unknown' ? [GAP] : [],
    counts: { critical, high: 0, medium: 0, low: 0, none: 0, unrated: 0 },
  });
  return roundUpEntry(
    { assessment, tag: '1.4', previous: was === null ? null : anAssessment({ verdict: was }) },
    repository,
  );
}

it('shows in docs/notices.md a round-up as it is', async () => {
  const { subject, text } = roundUp(
    [
      entry('shop/cart', 'no-go', 15, 'go'),
      entry('shop/pay', 'no-go', 3, 'no-go'),
      entry('shop/search', 'unknown', 0, 'go'),
      ...Array.from({ length: 9 }, (_, place) => entry(`shop/job-${place}`, 'go', place, null)),
    ],
    'shop',
  );
  const page = await readFile(new URL('../../docs/notices.md', import.meta.url), 'utf8');

  expect(page).toContain(`\`\`\`text\n${subject}\n\n${text}\n\`\`\``);
});
