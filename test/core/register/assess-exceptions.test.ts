import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { canonicalBytes } from '../../../lib/core/canonical/canonical.ts';
import type { Grant } from '../../../lib/core/exceptions/exception.ts';
import { assess } from '../../../lib/core/register/assess.ts';
import type { Assessment } from '../../../lib/core/register/assessment.ts';
import type { JudgedEvidence } from '../../../lib/core/register/judged-evidence.ts';
import { affecting, anAdvisory, aPackage } from '../../support/advisory-builders.ts';
import { anAppetiteFile, AT } from '../../support/appetites.ts';
import { aDigest } from '../../support/assessments.ts';
import { anEvidence } from '../../support/evidence.ts';
import { aCve, aKev } from '../../support/facts.ts';
import { aBase } from '../../support/family.ts';
import { aControl, aFact, aGrant, anExceptionId, GRANTED, held, OWNER } from '../../support/grants.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N';
const NAMES = ['perl', 'zlib', 'bash', 'curl'];
const CVES = NAMES.map((_, at) => `CVE-2026-100${at}`);

const PEOPLE = `people: [{ name: ${OWNER}, principals: ['laptop:owner'] }]`;

function appetiteOf(...production: readonly string[]): string {
  return `${anAppetiteFile({ production })}\n${PEOPLE}\nexceptions: { lapse: { fix: false } }\n`;
}

const APPETITE = appetiteOf(
  'criteria:',
  '  - { id: severe, says: Nothing is severe., finding: finding.severity == "critical" }',
  '  - { id: listed, says: Nothing is exploited., finding: finding.kev.listed }',
  '  - { id: named, says: It has no other name., finding: size(finding.aliases) > 3 }',
  '  - { id: limit, says: The residual score is low., image: score.residual > 60 }',
);

/** Four packages, each with a vulnerability: all critical, and the last is known to be exploited. */
function anImage(appetite: string): JudgedEvidence {
  return anEvidence({
    appetite,
    packages: NAMES.map((name) => aPackage({ name, source: { name, version: '2.0' } })),
    advisories: NAMES.map((name, at) =>
      anAdvisory(`DSA-${at}`, { upstream: [CVES[at] ?? ''], affected: [affecting([{ introduced: '0' }], { name })] }),
    ),
    cve: CVES.map((id) => aCve(id, { metrics: [{ source: 'cna:x', vector: VECTOR }] })),
    kev: [aKev(CVES.at(-1) ?? '', { dateAdded: '2026-11-23' })],
  });
}

const images = new Map<string, JudgedEvidence>();

function imageWith(grants: readonly Grant[], { at = AT, appetite = APPETITE } = {}): Assessment {
  const image = images.get(appetite) ?? anImage(appetite);
  images.set(appetite, image);
  return assess({ ...image, at, exceptions: held(...grants) });
}

const grants = fc
  .array(
    fc.record({
      packages: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 }),
      lowers: fc.array(fc.tuple(fc.constantFrom(0, 0.3, 0.9), fc.constantFrom(0, 0.5)), { maxLength: 3 }),
      from: fc.constantFrom('2026-10-01T00:00:00.000Z', GRANTED),
      until: fc.constantFrom('2026-11-22T12:00:00.000Z', '2026-11-24T00:00:00.000Z', '2027-01-01T00:00:00.000Z'),
      owner: fc.constantFrom(OWNER, OWNER, 'Somebody who left'),
      knownKev: fc.boolean(),
    }),
    { maxLength: 5 },
  )
  .map((drafts) =>
    drafts.map(({ packages, lowers, from, until, owner, knownKev }, at) =>
      aGrant({
        id: anExceptionId(at),
        at: from,
        scope: { packages },
        facts: CVES.map((vulnerability, of) => aFact({ vulnerability, source: NAMES[of] ?? '', kev: knownKev })),
        terms: {
          owner,
          controls: lowers.map(([likelihood, impact]) => aControl(likelihood, impact)),
          expiry: { at: until, date: null, zone: 'UTC' },
        },
      }),
    ),
  );

function coveredIn({ findings }: Assessment): ReadonlySet<string> {
  return new Set(
    findings.flatMap(({ vulnerability, exceptions }) => exceptions.map(({ id }) => `${id} ${vulnerability}`)),
  );
}

describe('an assessment under exceptions', () => {
  it('has open at or under residual at or under inherent, and says no less of what it found', () => {
    const bare = imageWith([]);
    fc.assert(
      fc.property(grants, (given) => {
        const { score, split, counts, openCounts, findings } = imageWith(given);
        for (const { inherent, residual, open } of [score, split.own.score, split.inherited.score]) {
          expect(residual).toBeLessThanOrEqual(inherent ?? -1);
          expect(open).toBeLessThanOrEqual(residual ?? -1);
        }
        expect(score.inherent).toBe(bare.score.inherent);
        expect(counts).toEqual(bare.counts);
        expect(openCounts.critical).toBeLessThanOrEqual(counts.critical);
        expect(findings.map(({ vulnerability }) => vulnerability)).toEqual(
          bare.findings.map(({ vulnerability }) => vulnerability),
        );
      }),
    );
  });

  it('is the same to the byte in whatever order they come', () => {
    fc.assert(
      fc.property(
        grants.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([one, other]) => {
          expect(Buffer.from(canonicalBytes(imageWith(other)))).toEqual(Buffer.from(canonicalBytes(imageWith(one))));
        },
      ),
    );
  });

  it('covers no more with time', () => {
    const instants = [GRANTED, '2026-11-22T12:00:00.000Z', AT, '2026-11-24T00:00:00.000Z', '2027-01-01T00:00:00.000Z'];
    fc.assert(
      fc.property(grants, fc.integer({ min: 1, max: instants.length - 1 }), (given, at) => {
        const before = coveredIn(imageWith(given, { at: instants[at - 1] ?? '' }));
        const after = coveredIn(imageWith(given, { at: instants[at] ?? '' }));
        expect([...after].filter((one) => !before.has(one))).toEqual([]);
      }),
    );
  });

  it('never turns unknown into go, and covers no gap', () => {
    // A second name is asked for that no finding has: it can't be asked of any.
    const appetite = appetiteOf(
      `criteria: [{ id: named, says: It has a second name., finding: 'finding.aliases[1] == "X"' }]`,
    );
    const bare = imageWith([], { appetite });
    expect(bare.verdict).toBe('unknown');
    fc.assert(
      fc.property(grants, (given) => {
        const { verdict, gaps } = imageWith(given, { appetite });
        expect(verdict).toBe('unknown');
        expect(gaps.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(
          bare.gaps.map(({ kind, subject }) => `${kind} ${subject}`),
        );
      }),
    );
  });

  it('is go where all that breaks it is accepted, with what is left of the risk', () => {
    const appetite = appetiteOf(
      'criteria: [{ id: severe, says: Nothing is severe., finding: finding.severity == "critical" }]',
    );
    const grant = aGrant({ scope: { packages: NAMES.slice(0, 3) }, terms: { controls: [aControl(0.5)] } });
    const listed = aGrant({
      id: anExceptionId(2),
      scope: { packages: ['curl'] },
      facts: [aFact({ vulnerability: 'CVE-2026-1003', source: 'curl', kev: true })],
    });

    expect(imageWith([grant], { appetite })).toMatchObject({ verdict: 'no-go', openCounts: { critical: 1 } });
    const accepted = imageWith([grant, listed], { appetite });
    expect(accepted).toMatchObject({ verdict: 'go', counts: { critical: 4 }, openCounts: { critical: 0 } });
    expect(accepted.score).toMatchObject({ open: 0 });
    expect(accepted.score.residual).toBeGreaterThan(0);
    expect(accepted.inputs.exceptions).toHaveLength(2);
  });

  it('is no way out of a limit on the residual score', () => {
    const everything = NAMES.map((name, at) =>
      aGrant({
        id: anExceptionId(at),
        scope: { packages: [name] },
        facts: CVES.map((vulnerability) => aFact({ vulnerability, source: name, kev: true })),
      }),
    );
    const appetite = appetiteOf(
      'criteria: [{ id: residual, says: Not everything is accepted., image: score.residual > 50 }]',
    );

    expect(imageWith(everything, { appetite })).toMatchObject({ verdict: 'no-go', openCounts: { critical: 0 } });
  });

  it('excepts nothing that the appetite never accepts, nor what such a rule could not be asked of', () => {
    const text = (rule: string) =>
      APPETITE.replace(
        'lapse: { fix: false }',
        `lapse: { kev: false }, never: [{ id: never, says: Never., finding: '${rule}' }]`,
      );
    const grant = aGrant({ scope: { packages: NAMES } });
    const openUnder = (rule: string) =>
      imageWith([grant], { appetite: text(rule) })
        .findings.filter(({ exceptions }) => exceptions.length === 0)
        .map(({ vulnerability }) => vulnerability);

    expect(openUnder('finding.kev.listed')).toEqual(['CVE-2026-1003']);
    expect(openUnder('finding.aliases[3] == "X"')).toEqual(CVES);
    expect(imageWith([grant], { appetite: text('finding.kev.listed') }).barred).toEqual([
      { id: grant.id, rule: 'never', vulnerability: 'CVE-2026-1003', source: 'curl' },
    ]);
  });

  it('counts the exceptions that were in force when it was judged, not as of when, and says so', () => {
    const later = '2026-11-25T00:00:00.000Z';
    const grant = aGrant({ scope: { packages: NAMES }, at: '2026-11-24T00:00:00.000Z' });
    const evidence = { ...anImage(APPETITE), exceptions: held(grant) };

    const asOf = assess(evidence);
    expect(coveredIn(asOf).size).toBe(0);
    expect('exceptionsAt' in asOf.inputs).toBe(false);

    const judgedLater = assess({ ...evidence, exceptionsAt: later });
    expect(coveredIn(judgedLater).size).toBeGreaterThan(0);
    expect(judgedLater).toMatchObject({ at: AT, inputs: { exceptionsAt: later } });
  });

  it('finds its asset by the repository: an exception for another asset covers nothing', () => {
    const appetite = `${APPETITE}assets: [{ id: shop, owner: shop-team, repositories: [team/app], stage: production }]\n`;
    const covered = (asset: string): number =>
      coveredIn(imageWith([aGrant({ scope: { packages: NAMES.slice(0, 3), images: { asset } } })], { appetite })).size;

    expect(covered('shop')).toBeGreaterThan(0);
    expect(covered('desk')).toBe(0);
  });

  it('covers of a clone what its base brought, and nothing above it', () => {
    const image = aDigest('a base');
    const [own, inherited] = [aDigest('own layer'), aDigest('layer of the base')];
    const evidence = anEvidence({
      appetite: APPETITE,
      packages: NAMES.map((name) =>
        aPackage({ name, source: { name, version: '2.0' }, layer: name === 'perl' ? inherited : own }),
      ),
      advisories: NAMES.map((name, at) =>
        anAdvisory(`DSA-${at}`, { upstream: [CVES[at] ?? ''], affected: [affecting([{ introduced: '0' }], { name })] }),
      ),
      overrides: {
        lineage: { bases: [aBase({ image, layers: 1 })], approval: null },
        exceptions: held(aGrant({ scope: { packages: NAMES, images: { base: image, name: 'debian:12' } } })),
      },
    });

    expect([...coveredIn(assess(evidence))]).toEqual([`${anExceptionId(1)} CVE-2026-1000`]);
  });
});
