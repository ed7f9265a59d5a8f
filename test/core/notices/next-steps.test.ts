import { describe, expect, it } from '@jest/globals';

import type { Finding } from '../../../lib/core/matching/finding.ts';
import { nextSteps } from '../../../lib/core/notices/next-steps.ts';
import { aFinding, aReason } from '../../support/assessments.ts';
import { asWritten } from '../../support/notices.ts';

const packaged = (name: string, source: string, vulnerability: string, fixedIn: string | null): Finding => {
  const finding = aFinding({ vulnerability, fixedIn });
  return { ...finding, package: { ...finding.package, name, source: { name: source, version: '1' } } };
};
const breaking = (...findings: readonly Finding[]) => [
  aReason({
    findings: findings.map(({ vulnerability, package: { name, source } }) => {
      return { vulnerability, package: name, source: source.name };
    }),
  }),
];
const gap = (
  kind:
    | 'feed-stale'
    | 'feed-missing'
    | 'unanswered-package'
    | 'unanswered-ecosystem'
    | 'unanswered-runtime'
    | 'unreadable-image'
    | 'scan-failed',
) => {
  return { kind, subject: 'x', message: 'y', tolerated: false } as const;
};

describe('next steps', () => {
  it('join the packages of a source that one upgrade mends, and put the upgrade that ends most first', () => {
    const findings = [
      packaged('curl', 'curl', 'CVE-2026-1', '8'),
      packaged('libssl3', 'openssl', 'CVE-2026-2', '3.1'),
      packaged('openssl', 'openssl', 'CVE-2026-2', '3.1'),
      packaged('openssl', 'openssl', 'CVE-2026-3', '3.1'),
      packaged('openssl', 'openssl', 'CVE-2026-4', '3.2'),
    ];

    expect(asWritten(nextSteps({ findings, reasons: breaking(...findings), gaps: [] }))).toEqual([
      'upgrade libssl3, openssl to 3.1 or later (ends 2 vulnerabilities)',
      'upgrade curl to 8 or later (ends 1 vulnerability)',
      'upgrade openssl to 3.2 or later (ends 1 vulnerability)',
    ]);
  });

  it('speak of what breaks a criterion, and of nothing else', () => {
    const [breaks, other] = [packaged('curl', 'curl', 'CVE-2026-1', '8'), packaged('perl', 'perl', 'CVE-2026-1', '9')];

    expect(asWritten(nextSteps({ findings: [breaks, other], reasons: breaking(breaks), gaps: [] }))).toEqual([
      'upgrade curl to 8 or later (ends 1 vulnerability)',
    ]);
    expect(nextSteps({ findings: [breaks, other], reasons: [], gaps: [] })).toEqual([]);
  });

  it('say of what no fix is known', () => {
    const findings = ['CVE-2026-2', 'CVE-2026-1', 'CVE-2026-2'].map((id) => packaged('curl', 'curl', id, null));

    expect(asWritten(nextSteps({ findings, reasons: breaking(...findings), gaps: [] }))).toEqual([
      'no fix is known yet for CVE-2026-1, CVE-2026-2',
    ]);
  });

  it.each([
    [['feed-stale'], ['bring newer intelligence: cavendish feeds import PATH']],
    [['feed-missing', 'feed-stale'], ['bring newer intelligence: cavendish feeds import PATH']],
    [
      ['unanswered-package'],
      ['import advisories that answer for the packages: cavendish feeds import PATH --complete ECOSYSTEM'],
    ],
    [['unanswered-ecosystem'], ['fetch the advisories of x: cavendish feeds refresh --only osv']],
    [['unanswered-runtime'], ['take x from the distribution, or let the stage tolerate that nobody answers for it']],
    [['unreadable-image'], ['push the image again, whole']],
    [['scan-failed'], ['push the image again, whole']],
    [[], []],
  ] as const)('close the gaps %j', (kinds, steps) => {
    const gaps = kinds.map(gap);

    expect(asWritten(nextSteps({ findings: [], reasons: [], gaps }))).toEqual(steps);
    expect(nextSteps({ findings: [], reasons: [], gaps: gaps.map((one) => ({ ...one, tolerated: true })) })).toEqual(
      [],
    );
  });
});
