import { describe, expect, it } from '@jest/globals';

import { enrich, publishedOf } from '../../../lib/core/scoring/enrich.ts';
import { anAdvisory } from '../../support/advisory-builders.ts';
import { aCve, aKev, aMatch, anEpss, factsOf } from '../../support/facts.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N';
const SSVC = { exploitation: 'poc', automatable: true, technicalImpact: 'partial', source: 'adp:CISA-ADP' } as const;

describe('enrich', () => {
  it('joins what is held, and calls everything else missing', () => {
    const records = [anAdvisory('DEB-1', { summary: 'from the advisory' })];
    const bare = enrich(aMatch({ records }), factsOf({}));

    expect(bare).toMatchObject({
      vulnerability: 'CVE-2026-1',
      records: ['DEB-1'],
      title: 'from the advisory',
      published: null,
      disputed: null,
      severity: 'unrated',
      cvss: null,
      ratings: [],
      ssvc: null,
      epss: null,
      kev: null,
      foundBy: 'cavendish',
      due: null,
    });
  });

  it('takes the figures of the CVE record, KEV and EPSS', () => {
    const cve = aCve('CVE-2026-1', {
      title: 'from the record',
      cwes: ['CWE-787'],
      metrics: [{ source: 'cna:x', vector: VECTOR }],
      ssvc: SSVC,
    });
    const facts = { cve, kev: aKev('CVE-2026-1', { ransomware: true }), epss: anEpss('CVE-2026-1', 0.25) };

    expect(
      enrich(aMatch({ records: [anAdvisory('D', { summary: 's' })] }), factsOf({ 'CVE-2026-1': facts })),
    ).toMatchObject({
      title: 'from the record',
      published: '2026-05-01T00:00:00.000Z',
      cwes: ['CWE-787'],
      severity: 'high',
      cvss: { score: 7.5, vector: VECTOR, version: '3.1', source: 'cna:x' },
      ssvc: SSVC,
      epss: { score: 0.25, percentile: 0.5, modelVersion: 'v5', date: '2026-08-16T00:00:00.000Z' },
      kev: { dateAdded: '2026-06-01', dueDate: '2026-06-22', ransomware: true },
    });
  });

  it('takes what one record lacks from the next, and weaknesses from all', () => {
    const found = enrich(
      aMatch({ aliases: ['CVE-2026-2'], records: [anAdvisory('D', { summary: 'from the advisory' })] }),
      factsOf({
        'CVE-2026-1': { cve: aCve('CVE-2026-1', { cwes: ['CWE-79', 'CWE-20'] }) },
        'CVE-2026-2': { cve: aCve('CVE-2026-2', { cwes: ['CWE-20', 'CWE-125'], ssvc: SSVC }) },
      }),
    );

    expect(found).toMatchObject({ title: 'from the advisory', ssvc: SSVC, cwes: ['CWE-125', 'CWE-20', 'CWE-79'] });
    expect(found.package).toEqual({
      name: 'perl',
      version: '2.0',
      type: 'deb',
      purl: 'pkg:deb/debian/perl@2.0?arch=amd64',
      layer: `sha256:${'1'.repeat(64)}`,
      source: { name: 'perl', version: '2.0' },
    });
  });

  it('counts what is held under an alias', () => {
    const found = enrich(
      aMatch({ vulnerability: 'CVE-2026-1', aliases: ['CVE-2026-2', 'CVE-2026-3', 'GHSA-1'] }),
      factsOf({
        'CVE-2026-1': { epss: anEpss('CVE-2026-1', 0.1) },
        'CVE-2026-2': { epss: anEpss('CVE-2026-2', 0.3), kev: aKev('CVE-2026-2', { dueDate: null }) },
        'CVE-2026-3': { kev: aKev('CVE-2026-3', { dateAdded: '2025-01-01', ransomware: true, dueDate: null }) },
      }),
    );

    expect(found.epss?.score).toBe(0.3);
    expect(found.kev).toEqual({ dateAdded: '2025-01-01', dueDate: null, ransomware: true });
  });

  it('hears a record that stands, and a rejected one only where no other stands', () => {
    const rejected = aCve('CVE-2026-1', {
      state: 'REJECTED',
      title: 'do not use',
      metrics: [{ source: 'cna:x', vector: VECTOR }],
    });
    const standing = aCve('CVE-2026-2', { title: 'the right one' });
    const match = aMatch({ aliases: ['CVE-2026-2'] });

    expect(enrich(match, factsOf({ 'CVE-2026-1': { cve: rejected }, 'CVE-2026-2': { cve: standing } }))).toMatchObject({
      title: 'the right one',
      disputed: null,
      cvss: null,
    });
    expect(enrich(match, factsOf({ 'CVE-2026-1': { cve: rejected } }))).toMatchObject({ disputed: 'rejected' });
  });

  it('says that a vulnerability is disputed', () => {
    const cve = aCve('CVE-2026-1', { disputed: true });

    expect(enrich(aMatch(), factsOf({ 'CVE-2026-1': { cve } })).disputed).toBe('disputed');
  });

  it('takes the label of the advisory where nobody gives a figure', () => {
    const records = [anAdvisory('UBUNTU-CVE-1', { severity: [{ type: 'Ubuntu', score: 'low' }] })];

    expect(enrich(aMatch({ records }), factsOf({}))).toMatchObject({ severity: 'low', cvss: null });
  });
});

describe('publishedOf', () => {
  const records = [
    anAdvisory('B', { published: '2026-03-02T00:00:00.000Z' }),
    anAdvisory('A', { published: '2026-03-01T00:00:00.000Z' }),
    anAdvisory('C'),
  ];

  it.each([
    [
      'the CVE record, though an advisory is earlier',
      { published: '2026-05-01T00:00:00.000Z' },
      '2026-05-01T00:00:00.000Z',
    ],
    ['the earliest advisory, where the CVE record has no date', { published: null }, '2026-03-01T00:00:00.000Z'],
  ])('takes %s', (_, given, published) => {
    expect(publishedOf(aMatch({ records }), factsOf({ 'CVE-2026-1': { cve: aCve('CVE-2026-1', given) } }))).toBe(
      published,
    );
  });

  it('takes the earliest of several CVE records', () => {
    const held = {
      'CVE-2026-1': { cve: aCve('CVE-2026-1', { published: '2026-05-02T00:00:00.000Z' }) },
      'CVE-2026-2': { cve: aCve('CVE-2026-2', { published: '2026-05-01T00:00:00.000Z' }) },
    };

    expect(publishedOf(aMatch({ aliases: ['CVE-2026-2'] }), factsOf(held))).toBe('2026-05-01T00:00:00.000Z');
  });

  it('is null where nobody says', () => {
    expect(publishedOf(aMatch(), factsOf({}))).toBeNull();
  });
});
