import { describe, expect, it } from '@jest/globals';

import { coversAsMuch } from '../../../lib/core/risks/coverage.ts';
import { GAP_KINDS, type GapKind } from '../../../lib/core/sbom/gap.ts';
import { anAssessment } from '../../support/assessments.ts';

const gap = (kind: GapKind, subject = 'x') => ({ kind, subject, message: 'it is missing', tolerated: false });
const whole = anAssessment();
const withGaps = (...gaps: readonly ReturnType<typeof gap>[]) => anAssessment({ gaps });

/** A finding that is not in `after` is gone only where `after` would have found it. */
describe('an assessment after another one', () => {
  it.each(Object.keys(GAP_KINDS) as readonly GapKind[])(
    'covers as much under a new gap %s only where nothing hides behind such a gap',
    (kind) => {
      const hidesNothing = ['empty-image', 'feed-stale', 'feed-future', 'criterion-failed'].includes(kind);
      expect(coversAsMuch(whole, withGaps(gap(kind)))).toBe(hidesNothing);
    },
  );

  it('covers as much where its gaps were there before, each by its subject', () => {
    const npm = gap('unread-ecosystem', 'npm');
    const jar = gap('unread-ecosystem', 'maven');
    expect(coversAsMuch(withGaps(npm), withGaps(npm))).toBe(true);
    expect(coversAsMuch(withGaps(npm), whole)).toBe(true);
    expect(coversAsMuch(withGaps(npm), withGaps(npm, jar))).toBe(false);
    expect(coversAsMuch(withGaps(npm), withGaps(jar))).toBe(false);
  });

  it('covers nothing where the image could not be read', () => {
    const unread = anAssessment({ inputs: { ...whole.inputs, sbom: null } });
    expect(coversAsMuch(unread, unread)).toBe(false);
    expect(coversAsMuch(unread, whole)).toBe(true);
  });
});
