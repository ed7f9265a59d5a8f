import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { SEVERITIES } from '../../../lib/core/matching/finding.ts';
import type { Rated } from '../../../lib/core/scoring/figures.ts';
import { riskOf, scoresOf } from '../../../lib/core/scoring/score.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N';

function rated(given: Partial<Rated> = {}): Rated {
  return { vulnerability: 'CVE-2026-1', severity: 'unrated', cvss: null, epss: null, kev: null, ssvc: null, ...given };
}

function figures(score: number, likelihood: number): Partial<Rated> {
  return {
    cvss: { score, vector: VECTOR, version: '3.1', source: 'cna:x' },
    epss: { score: likelihood, percentile: 0.5, modelVersion: 'v5', date: '2026-08-16T00:00:00.000Z' },
  };
}

function open(findings: readonly Rated[]): number {
  return scoresOf(findings).open ?? Number.NaN;
}

/** Missing figures and known ones, few names: the same vulnerability comes several times. */
const findings = fc.array(
  fc.record({
    vulnerability: fc.integer({ min: 1, max: 12 }).map((number) => `CVE-2026-${String(number)}`),
    severity: fc.constantFrom(...SEVERITIES),
    cvss: fc.option(fc.integer({ min: 0, max: 100 }).map((tenths) => figures(tenths / 10, 0).cvss ?? null)),
    epss: fc.option(fc.double({ min: 0, max: 1, noNaN: true }).map((score) => figures(0, score).epss ?? null)),
    kev: fc.option(
      fc.record({ dateAdded: fc.constant('2026-06-01'), dueDate: fc.constant(null), ransomware: fc.boolean() }),
    ),
    ssvc: fc.option(
      fc.record({
        exploitation: fc.constantFrom('none' as const, 'poc' as const, 'active' as const, null),
        automatable: fc.constant(null),
        technicalImpact: fc.constant(null),
        source: fc.constant('adp:CISA-ADP'),
      }),
    ),
  }) satisfies fc.Arbitrary<Rated>,
  { maxLength: 30 },
);

describe('scoresOf', () => {
  it('has no score where inventory or advisories are missing', () => {
    expect(scoresOf(null)).toEqual({ inherent: null, residual: null, open: null });
  });

  it('is 0 where nothing was found', () => {
    expect(scoresOf([])).toEqual({ inherent: 0, residual: 0, open: 0 });
  });

  it('never lowers for one more vulnerability, and stays within 0 and 100', () => {
    fc.assert(
      fc.property(findings, findings, (some, more) => {
        const before = open(some);
        const after = open([...some, ...more]);
        expect(before).toBeGreaterThanOrEqual(0);
        expect(after).toBeGreaterThanOrEqual(before);
        expect(after).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('never lowers for a worse figure', () => {
    const figure = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(findings, figure, figure, figure, figure, (rest, a, b, c, d) => {
        const [lower, higher] = [
          figures(10 * Math.min(a, b), Math.min(c, d)),
          figures(10 * Math.max(a, b), Math.max(c, d)),
        ];
        const name = { vulnerability: 'CVE-2025-1' };
        expect(open([...rest, rated({ ...name, ...higher })])).toBeGreaterThanOrEqual(
          open([...rest, rated({ ...name, ...lower })]),
        );
      }),
    );
  });

  it('is the same in whatever order findings come, and has one decimal', () => {
    fc.assert(
      fc.property(findings, (some) => {
        const score = open(some);
        expect(open([...some].reverse())).toBe(score);
        expect(score.toString()).toMatch(/^\d{1,3}(?:\.\d)?$/u);
      }),
    );
  });

  it('counts a vulnerability once, by the worse of its figures', () => {
    const mild = rated(figures(2, 0.1));
    const worse = rated(figures(8, 0.5));

    expect(open([mild, worse, worse])).toBe(open([worse]));
  });

  it('leaves what is covered out of open, and lowers it in residual', () => {
    const first = rated({ vulnerability: 'CVE-2026-1', ...figures(10, 0.5) });
    const second = rated({ vulnerability: 'CVE-2026-2', ...figures(10, 0.2) });

    expect(scoresOf([first, second], new Map([[first, 0.5]]))).toEqual({ inherent: 60, residual: 40, open: 20 });
  });

  it('keeps a vulnerability open that is covered in one package and not in the other', () => {
    const covered = rated(figures(10, 0.5));
    const other = rated(figures(10, 0.5));

    expect(scoresOf([covered, other], new Map([[covered, 0]]))).toEqual({ inherent: 50, residual: 50, open: 50 });
  });

  it('orders open, residual and inherent', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(findings, fc.array(fc.option(share), { minLength: 30, maxLength: 30 }), (some, shares) => {
        const covered = new Map(
          some.flatMap((one, index) => [shares[index] ?? null].flatMap((part) => (part === null ? [] : [[one, part]]))),
        );
        const { inherent, residual, open: left } = scoresOf(some, covered);
        expect(left).toBeLessThanOrEqual(residual ?? Number.NaN);
        expect(residual).toBeLessThanOrEqual(inherent ?? Number.NaN);
      }),
    );
  });

  it('gives a vulnerability of which nothing is known a risk of its own', () => {
    expect(riskOf(rated())).toBeGreaterThan(0.01);
  });
});
