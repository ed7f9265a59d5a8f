import { beforeEach, describe, expect, it } from '@jest/globals';

import { CavendishError } from '../../../lib/core/errors/error.ts';
import { importFeeds } from '../../../lib/pipeline/feeds/import-feeds.ts';
import type { FeedPart } from '../../../lib/pipeline/ports/feed-source.ts';
import { affecting, anAdvisory } from '../../support/advisory-builders.ts';
import { about, aFeedHome, AT, DAY_1, DAY_2, DAY_3, type FeedHome } from '../../support/feed-home.ts';
import { advisory, aSource, cve, epss, kev } from '../../support/feed-parts.ts';

let home: FeedHome;
beforeEach(() => {
  home = aFeedHome();
});

describe('importFeeds', () => {
  it('makes a feed of each kind, cut into buckets', async () => {
    const parts = [
      advisory(about('DSA-1', DAY_1, 'perl')),
      cve('CVE-2026-0101', DAY_2),
      cve('CVE-2026-0199', DAY_1),
      kev(DAY_3, 'CVE-2026-0101'),
      ...epss(DAY_2, 'CVE-2026-0101', 'CVE-2026-1101'),
    ];
    const report = await home.take(parts);

    expect(
      (await home.feeds()).map(({ id, kind, date, count, completeFor, modelVersion }) => [
        id,
        kind,
        date,
        count,
        completeFor,
        modelVersion,
      ]),
    ).toEqual([
      ['cve', 'cve', DAY_2, 2, [], null],
      ['epss', 'epss', DAY_2, 2, [], 'v5'],
      ['kev', 'kev', DAY_3, 1, [], null],
      ['osv-debian', 'advisories', DAY_1, 1, [], null],
    ]);
    expect(report.feeds.map(({ id, outcome, before }) => [id, outcome, before])).toEqual(
      ['cve', 'epss', 'kev', 'osv-debian'].map((id) => [id, 'new', null]),
    );
    expect(await home.bucket('osv-debian', 'Debian/perl')).toEqual([about('DSA-1', DAY_1, 'perl')]);
    expect(await home.bucket('cve', 'CVE-2026-01xx')).toMatchObject([{ id: 'CVE-2026-0101' }, { id: 'CVE-2026-0199' }]);
    expect(await home.bucket('epss', 'CVE-2026-1xxx')).toEqual([{ id: 'CVE-2026-1101', score: 0.5, percentile: 0.9 }]);
    expect(await home.bucket('kev', 'kev')).toMatchObject([{ id: 'CVE-2026-0101' }]);
  });

  it('puts a record into the feed of each ecosystem, and what it says of a package into its bucket', async () => {
    const perl12 = affecting([{ introduced: '0' }]);
    const perl11 = affecting([{ introduced: '0' }], { ecosystem: 'Debian:11' });
    const bash = affecting([{ introduced: '0' }], { name: 'bash' });
    const rocky = affecting([{ introduced: '0' }], { ecosystem: 'Rocky Linux:9' });
    await home.take([advisory(anAdvisory('A', { affected: [perl12, rocky, bash, perl11] }))]);

    expect((await home.feeds()).map(({ id, count }) => [id, count])).toEqual([
      ['osv-debian', 1],
      ['osv-rocky-linux', 1],
    ]);
    expect(await home.bucket('osv-debian', 'Debian/perl')).toMatchObject([{ affected: [perl12, perl11] }]);
    expect(await home.bucket('osv-debian', 'Debian/bash')).toMatchObject([{ affected: [bash] }]);
    expect(await home.bucket('osv-rocky-linux', 'Rocky Linux/perl')).toMatchObject([{ affected: [rocky] }]);
  });

  it('says what it did not take in', async () => {
    const report = await home.take([
      kev(DAY_1),
      { kind: 'passed-over', where: 'LICENSE' },
      { kind: 'left-out', what: 'CVE-1: HIGH\u001b' },
      advisory(anAdvisory('GIT-1', { affected: [] })),
    ]);

    expect(report).toMatchObject({
      passedOver: { count: 1, examples: ['LICENSE'] },
      leftOut: { count: 1 },
      withoutPackage: { count: 1, examples: ['GIT-1'] },
    });
    expect(report.lines).toEqual([
      'kev: 0 records of 2026-08-01, new',
      '1 file passed over, not intelligence: LICENSE',
      '1 figure left out, not a CVSS vector: CVE-1: HIGH\ufffd',
      '1 advisory left out, about no package: GIT-1',
    ]);
  });

  it('counts what it did not take in, and names the first', async () => {
    const parts = Array.from({ length: 12 }, (_, n): FeedPart => ({ kind: 'passed-over', where: `file${String(n)}` }));
    const { passedOver, lines } = await home.take([kev(DAY_1), ...parts]);

    expect(passedOver.count).toBe(12);
    expect(passedOver.examples).toHaveLength(10);
    expect(lines.at(-1)).toMatch(/^12 files passed over.*file9, …$/u);
  });

  it('refuses an import that holds nothing', async () => {
    await expect(home.take([{ kind: 'passed-over', where: 'LICENSE' }])).rejects.toMatchObject({
      code: 'bad-input',
      message: 'given holds no advisory, CVE record, KEV catalogue or EPSS score',
    });
  });
});

describe('importFeeds, all or nothing', () => {
  it('shows nothing of an import that fails at its end', async () => {
    await home.take([kev(DAY_1, 'CVE-2026-0001')]);
    const before = await home.intelligence.feeds();
    const cut = new CavendishError('bad-input', 'the file is cut off');

    await expect(home.take([kev(DAY_2), advisory(about('DSA-1', DAY_1, 'perl')), cut])).rejects.toBe(cut);
    expect(await home.intelligence.feeds()).toEqual(before);
  });

  it.each([
    ['two catalogues', [kev(DAY_1), kev(DAY_2)], 'two files are KEV: kev.json and kev.json'],
    ['two days of scores', [...epss(DAY_1, 'CVE-2026-0001'), ...epss(DAY_2, 'CVE-2026-0001')], 'two files are EPSS'],
    ['a vulnerability twice', epss(DAY_1, 'CVE-2026-0001', 'CVE-2026-0001'), 'epss.csv lists CVE-2026-0001 twice'],
    ['an identifier that has no bucket', epss(DAY_1, 'GHSA-1'), '"GHSA-1" is not a CVE identifier'],
  ])('refuses %s', async (_what, parts, message) => {
    await expect(home.take(parts)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(message),
    });
    expect(await home.feeds()).toEqual([]);
  });

  it('takes nothing in where another import was faster, and says so', async () => {
    await home.take([kev(DAY_1, 'CVE-2026-0001')]);
    const { register } = home.store;
    const raced = {
      ...register,
      async commit(commit: Parameters<typeof register.commit>[0]) {
        await home.take([kev(DAY_3, 'CVE-2026-0003')]);
        await register.commit(commit);
      },
    };
    const late = importFeeds(
      { sources: aSource([kev(DAY_2, 'CVE-2026-0002'), cve('CVE-2026-0002', DAY_2)]), at: AT },
      { register: raced, evidence: home.evidence },
    );

    await expect(late).rejects.toMatchObject({ code: 'conflict', next: expect.stringContaining('Run it again') });
    expect((await home.feeds()).map(({ id, date }) => [id, date])).toEqual([['kev', DAY_3]]);
  });

  it('keeps each version that was held in the history', async () => {
    await home.take([kev(DAY_1, 'CVE-2026-0001')]);
    const [first] = await home.intelligence.feeds();
    await home.take([kev(DAY_2)], { at: new Date('2026-11-24T00:00:00Z') });
    const [second] = await home.intelligence.feeds();

    expect(await home.history('kev')).toMatchObject([
      { hash: first?.hash, before: null, count: 1, importedAt: '2026-11-23T00:00:00.000Z' },
      { hash: second?.hash, before: first?.hash, count: 0, importedAt: '2026-11-24T00:00:00.000Z' },
    ]);
  });

  it('hands on what the store says of itself', async () => {
    const full = new CavendishError('storage-full', 'no space is left');
    const failing = { ...home.evidence, put: () => Promise.reject(full) };
    const failed = importFeeds(
      { sources: aSource([kev(DAY_1, 'CVE-2026-0001')]), at: AT },
      { register: home.store.register, evidence: failing },
    );
    await expect(failed).rejects.toBe(full);
    const broken = { ...home.store.register, commit: () => Promise.reject(full) };
    await expect(
      importFeeds({ sources: aSource([kev(DAY_1)]), at: AT }, { register: broken, evidence: home.evidence }),
    ).rejects.toBe(full);
  });
});

describe('importFeeds of a bundle', () => {
  const bundle = {
    prefix: 'sample',
    source: 'the sample',
    completeFor: [{ ecosystem: 'Debian:12', packages: ['perl', 'tar'] }],
  };

  it('has feeds of its own, with its own claims, beside those of people', async () => {
    await home.take([advisory(about('DSA-1', DAY_1, 'perl')), kev(DAY_1)]);
    const report = await home.take([advisory(about('DSA-2', DAY_1, 'perl')), cve('CVE-2026-0001', DAY_1)], { bundle });

    expect((await home.feeds()).map(({ id, source, completeFor }) => [id, source, completeFor])).toEqual([
      ['kev', 'given', []],
      ['osv-debian', 'given', []],
      ['sample-advisories', 'the sample', bundle.completeFor],
      ['sample-cve', 'the sample', []],
    ]);
    expect(report.lines[1]).toBe('sample-advisories: answers for 2 packages of Debian:12');
  });

  it('replaces its own former version', async () => {
    await home.take([advisory(about('DSA-1', DAY_2, 'perl')), cve('CVE-2026-0001', DAY_2)], { bundle });
    await home.take([advisory(about('DSA-2', DAY_1, 'perl')), cve('CVE-2026-0002', DAY_1)], { bundle });

    expect(await home.bucket('sample-advisories', 'Debian/perl')).toMatchObject([{ id: 'DSA-2' }]);
    expect(await home.bucket('sample-cve', 'CVE-2026-00xx')).toMatchObject([{ id: 'CVE-2026-0002' }]);
  });
});
