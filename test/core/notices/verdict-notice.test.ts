import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { verdictNotice } from '../../../lib/core/notices/verdict-notice.ts';
import { aDigest, aFinding, anAssessment, aPlacement, aReason } from '../../support/assessments.ts';

const about = { id: aDigest('assessment'), tag: '1.0', previous: null, advice: null, fallbackOwner: 'platform team' };
const gap = {
  kind: 'unknown-distribution',
  subject: 'alpine 3.20',
  message: 'Alpine 3.20 is not read',
  tolerated: false,
} as const;

describe('verdictNotice', () => {
  it('says the answer, why, and what to do, in the first lines', () => {
    const { subject, text, to } = verdictNotice({ ...about, assessment: anAssessment() });

    expect(to).toBe('shop-team@example.com');
    expect(subject).toBe('[Cavendish] NO-GO: team/app:1.0 (production), 1 vulnerability, 1 criterion broken');
    expect(text.split('\n').slice(0, 11)).toEqual([
      'NO-GO  team/app:1.0  linux/amd64',
      'for production, judged as of 2026-11-23 00:00 UTC',
      '',
      'Why',
      '  * A critical vulnerability that has a fix is fixed in time: 1',
      '    vulnerability breaks it.',
      '',
      'What to do next',
      '  * upgrade perl-base to 5.36.0-7+deb12u4 or later (ends 1 vulnerability)',
      expect.stringContaining('cavendish show team/app@sha256:'),
      '',
    ]);
  });

  it('says what is new since the last notice, and what has gone', () => {
    const previous = anAssessment({
      verdict: 'unknown',
      reasons: [aReason({ criterion: 'score', findings: [] })],
      gaps: [gap],
    });
    const { text } = verdictNotice({ ...about, assessment: anAssessment(), previous });

    expect(text).toContain('before: unknown');
    expect(text).toContain(
      '  + fixable-critical CVE-2026-42496 perl\n  - score\n  - gap unknown-distribution:alpine 3.20',
    );
  });

  it('tells of what is not known, and not of what the stage tolerates', () => {
    const tolerated = { ...gap, subject: 'npm', message: 'npm is not read', tolerated: true };
    const assessment = anAssessment({ verdict: 'unknown', reasons: [], gaps: [gap, tolerated] });
    const { subject, text } = verdictNotice({ ...about, assessment });

    expect(subject).toContain('UNKNOWN: team/app:1.0 (production), 1 gap');
    expect(text).toContain('not known: Alpine 3.20 is not read');
    expect(text).not.toContain('npm');
  });

  it('counts what it leaves out', () => {
    const reasons = Array.from({ length: 12 }, (_, index) =>
      aReason({ criterion: `c${String(index)}`, message: `m${String(index)}` }),
    );
    const { text } = verdictNotice({ ...about, assessment: anAssessment({ reasons }) });

    expect(text).toContain('m7');
    expect(text).not.toContain('m8');
    expect(text).toContain('... and 4 more');
  });

  it('names vulnerabilities that have no fix', () => {
    const assessment = anAssessment({ findings: [aFinding({ fixedIn: null })] });
    expect(verdictNotice({ ...about, assessment }).text).toContain('no fix is known yet for CVE-2026-42496');
  });

  it('goes to the fallback owner where no asset names one', () => {
    const assessment = anAssessment({ asset: null });
    expect(verdictNotice({ ...about, assessment }).to).toBe('platform team');
  });

  it('keeps the subject ASCII, on one line and under 100 characters, and the text free of controls', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (repository, message) => {
        const assessment = anAssessment({ placement: aPlacement({ repository }), reasons: [aReason({ message })] });
        const { subject, text } = verdictNotice({ ...about, assessment });
        expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/u);
        expect(text).toMatch(/^(?:[^\p{Cc}\u202e]|\n)*$/u);
      }),
    );
  });
});
