import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { OsvRecord } from '../../../lib/core/advisories/records.ts';
import { canonicalBytes } from '../../../lib/core/canonical/canonical.ts';
import { assess } from '../../../lib/core/register/assess.ts';
import { affecting, anAdvisory, aPackage } from '../../support/advisory-builders.ts';
import { anAppetiteFile, AT } from '../../support/appetites.ts';
import { aFeed, anEvidence, bucketsOf } from '../../support/evidence.ts';
import { aCve, aKev } from '../../support/facts.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N';

/** An advisory of a CVE in a source package of Debian 12, fixed in 3.0. */
function about(cve: string, name = 'perl'): OsvRecord {
  const events = [{ introduced: '0' }, { fixed: '3.0' }];
  return anAdvisory(`DEBIAN-${cve}`, { upstream: [cve], affected: [affecting(events, { name })] });
}

const perl = ['perl', 'perl-base'].map((name) => aPackage({ name, source: { name: 'perl', version: '2.0' } }));
const zlib = aPackage({ name: 'zlib1g', source: { name: 'zlib', version: '2.0' } });

function policy(...lines: readonly string[]): string {
  return anAppetiteFile({ production: lines });
}

const CRITICAL = policy(
  'tolerate: [unread-ecosystem]',
  'criteria:',
  '  - { id: critical, says: Nothing is critical., finding: finding.severity == "critical", daysToFix: 30 }',
);

const critical = {
  packages: [...perl, zlib],
  advisories: [about('CVE-2026-1001'), about('CVE-2026-1002', 'zlib')],
  cve: [
    aCve('CVE-2026-1001', { published: '2026-05-01T12:00:00.000Z', metrics: [{ source: 'cna:x', vector: VECTOR }] }),
  ],
  appetite: CRITICAL,
};

describe('an assessment', () => {
  const names = ['perl', 'zlib', 'bash'];
  const ids = fc.integer({ min: 1, max: 9 }).map((number) => `CVE-2026-${String(number)}000`);
  const advisories = fc.uniqueArray(
    fc.tuple(ids, fc.constantFrom(...names)).map(([id, name]) => about(id, name)),
    { selector: ({ id }) => id },
  );
  const packages = fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1 })
    .map((found) =>
      found.flatMap((name) => [
        aPackage({ name, source: { name, version: '2.0' } }),
        aPackage({ name: `lib${name}`, source: { name, version: '2.0' } }),
      ]),
    );
  const appetite = policy(
    'criteria:',
    '  - { id: exploited, says: Nothing is exploited., finding: finding.kev.listed }',
    '  - { id: limit, says: The score is low., image: score.open > 5 }',
  );

  it('is the same to the byte, however packages, records and buckets are ordered', () => {
    fc.assert(
      fc.property(packages, advisories, (found, records) => {
        const given = { packages: found, advisories: records, appetite };
        const turned = { ...given, packages: [...found].reverse(), advisories: [...records].reverse() };
        const one = anEvidence(given);
        const other = { ...anEvidence(turned), buckets: [...anEvidence(turned).buckets].reverse() };
        const bytes = (evidence: typeof one) => {
          const { inputs, ...rest } = assess(evidence);
          return Buffer.from(canonicalBytes({ ...rest, buckets: inputs.buckets.length })).toString();
        };
        expect(bytes(other)).toBe(bytes(one));
      }),
    );
  });

  it('is no better for one more advisory, or one more known exploit', () => {
    fc.assert(
      fc.property(packages, advisories, ids, fc.constantFrom(...names), (found, records, id, name) => {
        const before = assess(anEvidence({ packages: found, advisories: records, appetite }));
        const more = [...records.filter((record) => record.id !== `DEBIAN-${id}`), about(id, name)];
        fc.pre(records.every((record) => record.id !== `DEBIAN-${id}`));
        const after = assess(anEvidence({ packages: found, advisories: more, appetite }));
        const exploited = assess(anEvidence({ packages: found, advisories: more, kev: [aKev(id)], appetite }));
        expect(after.score.open).toBeGreaterThanOrEqual(before.score.open ?? 0);
        expect(exploited.score.open).toBeGreaterThanOrEqual(after.score.open ?? 0);
        expect(after.verdict === 'go' && before.verdict !== 'go').toBe(false);
        expect(exploited.verdict === 'go' && after.verdict !== 'go').toBe(false);
      }),
    );
  });

  it('counts a vulnerability once, in however many packages it is', () => {
    fc.assert(
      fc.property(packages, advisories, (found, records) => {
        const { counts, findings, score } = assess(anEvidence({ packages: found, advisories: records, appetite }));
        const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
        expect(total).toBe(new Set(findings.map(({ vulnerability }) => vulnerability)).size);
        const once = found.filter(({ name, source }) => name === source.name);
        const other = assess(anEvidence({ packages: once, advisories: records, appetite }));
        expect({ score, counts }).toEqual({ score: other.score, counts: other.counts });
      }),
    );
  });

  it('is of its instant: feeds that come later change it', () => {
    const later = { at: '2027-11-23T00:00:00.000Z' };
    const stale = policy('maxAgeDays: { kev: 7 }', 'criteria: [{ id: ok, says: ok, image: "false" }]');

    expect(assess(anEvidence({ packages: perl, appetite: stale }))).toMatchObject({ at: AT, verdict: 'go' });
    expect(assess(anEvidence({ packages: perl, appetite: stale, overrides: later }))).toMatchObject({
      ...later,
      verdict: 'unknown',
      gaps: [{ kind: 'feed-stale', subject: 'kev' }],
    });
  });

  it('joins an advisory that two feeds hold', () => {
    const { feeds, buckets } = anEvidence(critical);
    const twice = {
      feeds: [...feeds, aFeed('advisories', { id: 'second' })],
      buckets: [...buckets, ...bucketsOf('second', 'advisories', critical.advisories)],
    };

    expect(assess(anEvidence({ ...critical, overrides: twice })).findings).toHaveLength(3);
  });
});
