import { describe, expect, it } from '@jest/globals';

import { newsOf } from '../../../lib/core/again/news.ts';
import { NO_LINEAGE } from '../../../lib/core/lineage/lineage.ts';
import type { Epss, Finding } from '../../../lib/core/matching/finding.ts';
import { aDigest, aFinding } from '../../support/assessments.ts';
import { aBase } from '../../support/family.ts';

const KEV = { dateAdded: '2026-08-07', dueDate: '2026-08-28', ransomware: false };
const epss = (score: number, modelVersion = 'v5'): Epss => ({
  score,
  percentile: 0.5,
  modelVersion,
  date: '2026-08-16',
});

function news(before: readonly Finding[] | null, after: readonly Finding[], lineage = NO_LINEAGE) {
  return newsOf(before === null ? null : { findings: before }, { findings: after, inputs: { lineage } });
}

describe('news of a vulnerability', () => {
  it('is that it came into KEV, due when CISA says', () => {
    expect(news([aFinding({ due: '2026-09-09' })], [aFinding({ kev: KEV, due: '2026-09-09' })])).toEqual([
      {
        kind: 'kev',
        vulnerability: 'CVE-2026-42496',
        package: 'perl',
        fixedIn: '5.36.0-7+deb12u4',
        base: null,
        due: '2026-08-28',
        ransomware: false,
        was: null,
        is: null,
      },
    ]);
  });

  it('is due when the appetite says, where CISA sets no date, and says whether ransomware uses it', () => {
    const kev = { ...KEV, dueDate: null, ransomware: true };
    expect(news([aFinding()], [aFinding({ kev, due: '2026-09-09' })])).toMatchObject([
      { due: '2026-09-09', ransomware: true },
    ]);
  });

  it('is none where it was in KEV before, in any package', () => {
    const other = aFinding({ kev: KEV, package: { ...aFinding().package, name: 'perl-modules' } });
    expect(news([aFinding(), other], [aFinding({ kev: KEV })])).toEqual([]);
  });

  it('is that a new finding is in KEV', () => {
    expect(news(null, [aFinding({ kev: KEV })])).toMatchObject([{ kind: 'kev' }]);
    expect(news([], [aFinding({ kev: KEV })])).toMatchObject([{ kind: 'kev' }]);
  });

  it('is a rise of EPSS by a tenth and more', () => {
    expect(news([aFinding({ epss: epss(0.25) })], [aFinding({ epss: epss(0.375), due: '2026-09-09' })])).toMatchObject([
      { kind: 'epss', was: 0.25, is: 0.375, due: '2026-09-09', ransomware: false },
    ]);
    expect(news([aFinding({ epss: epss(0.25) })], [aFinding({ epss: epss(0.34) })])).toEqual([]);
    expect(news([aFinding({ epss: epss(0) })], [aFinding({ epss: epss(0.1) })])).toMatchObject([{ was: 0, is: 0.1 }]);
    expect(news([aFinding({ epss: epss(0.375) })], [aFinding({ epss: epss(0.25) })])).toEqual([]);
  });

  it('is never a figure of another model, or one where there was none', () => {
    expect(news([aFinding({ epss: epss(0.1, 'v4') })], [aFinding({ epss: epss(0.9, 'v5') })])).toEqual([]);
    expect(news([aFinding()], [aFinding({ epss: epss(0.9) })])).toEqual([]);
    expect(news([], [aFinding({ epss: epss(0.9) })])).toEqual([]);
    expect(news([aFinding({ epss: epss(0.9) })], [aFinding()])).toEqual([]);
  });

  it('is one for each vulnerability and source package, the worst first', () => {
    const binary = (name: string): Finding => aFinding({ kev: KEV, package: { ...aFinding().package, name } });
    const low = aFinding({ vulnerability: 'CVE-2026-2', severity: 'low', cvss: null, kev: KEV });
    expect(news([], [low, binary('perl'), binary('perl-base')]).map((one) => one.vulnerability)).toEqual([
      'CVE-2026-42496',
      'CVE-2026-2',
    ]);
  });

  it('names the base that brought it, by its digest where it has no name', () => {
    const image = aDigest('a base');
    const brought = [aFinding({ kev: KEV, inheritedFrom: image })];
    const lineage = (names: readonly string[]) => ({ bases: [aBase({ image, names })], approval: null });

    expect(news([], brought, lineage(['debian:12', 'golden']))).toMatchObject([{ base: 'debian:12' }]);
    expect(news([], brought, lineage([]))).toMatchObject([
      { base: image.slice('sha256:'.length, 'sha256:'.length + 12) },
    ]);
    expect(news([], [aFinding({ kev: KEV })], lineage(['debian:12']))).toMatchObject([{ base: null }]);
  });
});
