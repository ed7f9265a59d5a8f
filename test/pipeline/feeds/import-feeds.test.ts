import { beforeEach, describe, expect, it } from '@jest/globals';

import type { OsvRecord } from '../../../lib/core/advisories/records.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import { type FeedImport, importFeeds } from '../../../lib/pipeline/feeds/import-feeds.ts';
import type { ImportReport } from '../../../lib/pipeline/feeds/import-report.ts';
import { storedIntelligence } from '../../../lib/pipeline/feeds/stored-intelligence.ts';
import type { FeedPart } from '../../../lib/pipeline/ports/feed-source.ts';
import type { Intelligence } from '../../../lib/pipeline/ports/intelligence.ts';
import { affecting, anAdvisory } from '../../support/advisory-builders.ts';
import { advisory, aSource, cve, epss, kev } from '../../support/feed-parts.ts';
import { type MemoryEvidence, memoryEvidence } from '../../support/memory-evidence.ts';
import { type MemoryStore, memoryStore } from '../../support/memory-store.ts';

const AT = new Date('2026-11-23T00:00:00Z');
const DAY_1 = '2026-08-01T00:00:00.000Z';
const DAY_2 = '2026-08-02T00:00:00.000Z';
const DAY_3 = '2026-08-03T00:00:00.000Z';

let store: MemoryStore;
let evidence: MemoryEvidence;
let intelligence: Intelligence;

beforeEach(() => {
  store = memoryStore();
  evidence = memoryEvidence();
  intelligence = storedIntelligence(store.register, evidence);
});

async function take(
  parts: readonly (FeedPart | Error)[],
  given: Partial<Omit<FeedImport, 'sources'>> = {},
): Promise<ImportReport> {
  const sources = aSource(parts);
  try {
    return await importFeeds({ at: AT, ...given, sources }, { register: store.register, evidence });
  } finally {
    expect(sources.closed()).toBe(true);
  }
}

const feeds = async () => (await intelligence.feeds()).map(({ feed }) => feed);
const feed = async (id: string) => (await feeds()).find((one) => one.id === id);

async function bucket(id: string, key: string): Promise<readonly unknown[] | null> {
  const held = (await intelligence.feeds()).find((one) => one.feed.id === id);
  if (held === undefined) throw new Error(`${id} is not held`);
  return (await intelligence.bucket(held, key))?.records ?? null;
}

const history = async (id: string) => (await store.register.query({ pk: `FEED#${id}` })).items.map(({ body }) => body);

const about = (id: string, modified: string, ...names: readonly string[]): OsvRecord =>
  anAdvisory(id, { modified, affected: names.map((name) => affecting([{ introduced: '0' }], { name })) });
const of = (id: string, modified: string, ecosystem: string): OsvRecord =>
  anAdvisory(id, { modified, affected: [affecting([{ introduced: '0' }], { ecosystem })] });

describe('importFeeds', () => {
  it('makes a feed of each kind, cut into buckets', async () => {
    const parts = [
      advisory(about('DSA-1', DAY_1, 'perl')),
      cve('CVE-2026-0101', DAY_2),
      cve('CVE-2026-0199', DAY_1),
      kev(DAY_3, 'CVE-2026-0101'),
      ...epss(DAY_2, 'CVE-2026-0101', 'CVE-2026-1101'),
    ];
    const report = await take(parts);

    expect(
      (await feeds()).map(({ id, kind, date, count, completeFor, modelVersion }) => [
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
    expect(await bucket('osv-debian', 'Debian/perl')).toEqual([about('DSA-1', DAY_1, 'perl')]);
    expect(await bucket('cve', 'CVE-2026-01xx')).toMatchObject([{ id: 'CVE-2026-0101' }, { id: 'CVE-2026-0199' }]);
    expect(await bucket('epss', 'CVE-2026-1xxx')).toEqual([{ id: 'CVE-2026-1101', score: 0.5, percentile: 0.9 }]);
    expect(await bucket('kev', 'kev')).toMatchObject([{ id: 'CVE-2026-0101' }]);
  });

  it('puts a record into the feed of each ecosystem, and what it says of a package into its bucket', async () => {
    const perl12 = affecting([{ introduced: '0' }]);
    const perl11 = affecting([{ introduced: '0' }], { ecosystem: 'Debian:11' });
    const bash = affecting([{ introduced: '0' }], { name: 'bash' });
    const rocky = affecting([{ introduced: '0' }], { ecosystem: 'Rocky Linux:9' });
    await take([advisory(anAdvisory('A', { affected: [perl12, rocky, bash, perl11] }))]);

    expect((await feeds()).map(({ id, count }) => [id, count])).toEqual([
      ['osv-debian', 1],
      ['osv-rocky-linux', 1],
    ]);
    expect(await bucket('osv-debian', 'Debian/perl')).toMatchObject([{ affected: [perl12, perl11] }]);
    expect(await bucket('osv-debian', 'Debian/bash')).toMatchObject([{ affected: [bash] }]);
    expect(await bucket('osv-rocky-linux', 'Rocky Linux/perl')).toMatchObject([{ affected: [rocky] }]);
  });

  it('says what it did not take in', async () => {
    const report = await take([
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
    const { passedOver, lines } = await take([kev(DAY_1), ...parts]);

    expect(passedOver.count).toBe(12);
    expect(passedOver.examples).toHaveLength(10);
    expect(lines.at(-1)).toMatch(/^12 files passed over.*file9, …$/u);
  });

  it('refuses an import that holds nothing', async () => {
    await expect(take([{ kind: 'passed-over', where: 'LICENSE' }])).rejects.toMatchObject({
      code: 'bad-input',
      message: 'given holds no advisory, CVE record, KEV catalogue or EPSS score',
    });
  });
});

describe('importFeeds beside what is held', () => {
  it('merges advisories by id: the newest of each counts, and the others stay', async () => {
    await take([
      advisory(about('DSA-1', DAY_1, 'perl')),
      advisory(about('DSA-2', DAY_2, 'perl')),
      advisory(about('DSA-3', DAY_1, 'bash')),
    ]);
    const report = await take([
      advisory({ ...about('DSA-1', DAY_2, 'perl'), summary: 'newer' }),
      advisory({ ...about('DSA-2', DAY_1, 'perl'), summary: 'older' }),
      advisory(about('DSA-4', DAY_3, 'perl')),
    ]);

    expect(await bucket('osv-debian', 'Debian/perl')).toMatchObject([
      { id: 'DSA-1', summary: 'newer' },
      { id: 'DSA-2', summary: null },
      { id: 'DSA-4' },
    ]);
    expect(await bucket('osv-debian', 'Debian/bash')).toMatchObject([{ id: 'DSA-3' }]);
    expect(await feed('osv-debian')).toMatchObject({
      count: 4,
      date: DAY_3,
      source: 'given, merged with what was held',
    });
    expect(report.feeds).toMatchObject([{ outcome: 'merged', before: { count: 3, date: DAY_2 } }]);
    expect(report.lines[0]).toBe('osv-debian: 4 records of 2026-08-03, merged (before: 3 records of 2026-08-02)');
  });

  it('takes a record out of the bucket of a package that its newest version no longer names', async () => {
    await take([advisory(about('DSA-1', DAY_1, 'perl', 'bash'))]);
    await take([advisory(about('DSA-1', DAY_2, 'perl'))]);

    expect(await bucket('osv-debian', 'Debian/bash')).toBeNull();
    expect(await feed('osv-debian')).toMatchObject({ count: 1 });
  });

  it('does not let an older version of a record into the bucket of another package', async () => {
    await take([advisory(about('DSA-1', DAY_2, 'perl'))]);
    await take([advisory(about('DSA-1', DAY_1, 'perl', 'bash'))]);

    expect(await bucket('osv-debian', 'Debian/bash')).toBeNull();
  });

  it('joins two parts of the same version', async () => {
    await take([advisory(of('DSA-1', DAY_1, 'Debian:11'))]);
    await take([advisory(of('DSA-1', DAY_1, 'Debian:12'))]);

    expect(await bucket('osv-debian', 'Debian/perl')).toMatchObject([
      { affected: [{ ecosystem: 'Debian:11' }, { ecosystem: 'Debian:12' }] },
    ]);
  });

  it('merges CVE records by id; of two of one date the imported one counts', async () => {
    await take([
      cve('CVE-2026-0001', DAY_1, { title: 'held' }),
      cve('CVE-2026-0002', DAY_2, { title: 'held' }),
      cve('CVE-2026-0003', null),
    ]);
    await take([
      cve('CVE-2026-0001', DAY_1, { title: 'imported' }),
      cve('CVE-2026-0002', DAY_1, { title: 'imported' }),
    ]);

    expect(await bucket('cve', 'CVE-2026-00xx')).toMatchObject([
      { id: 'CVE-2026-0001', title: 'imported' },
      { id: 'CVE-2026-0002', title: 'held' },
      { id: 'CVE-2026-0003' },
    ]);
    expect(await feed('cve')).toMatchObject({ count: 3, date: DAY_2 });
  });

  it('replaces KEV and EPSS by a newer one, whole', async () => {
    await take([kev(DAY_1, 'CVE-2026-0001'), ...epss(DAY_1, 'CVE-2026-0001')]);
    const report = await take([kev(DAY_2, 'CVE-2026-0002'), ...epss(DAY_2, 'CVE-2026-0002')]);

    expect(report.feeds.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['epss', 'replaced'],
      ['kev', 'replaced'],
    ]);
    expect(await bucket('kev', 'kev')).toMatchObject([{ id: 'CVE-2026-0002' }]);
    expect(await bucket('epss', 'CVE-2026-0xxx')).toMatchObject([{ id: 'CVE-2026-0002' }]);
  });

  it('refuses a KEV or EPSS that is older than what is held, and keeps that', async () => {
    await take([kev(DAY_2, 'CVE-2026-0001'), ...epss(DAY_2, 'CVE-2026-0001')]);

    for (const parts of [[kev(DAY_1, 'CVE-2026-0002')], epss(DAY_1, 'CVE-2026-0002')]) {
      await expect(take(parts)).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringContaining(`is of ${DAY_1}, older than the`),
        next: expect.stringContaining('What is held stays'),
      });
    }
    expect(await bucket('kev', 'kev')).toMatchObject([{ id: 'CVE-2026-0001' }]);
    expect(await bucket('epss', 'CVE-2026-0xxx')).toMatchObject([{ id: 'CVE-2026-0001' }]);
  });

  it('takes a correction of the same day', async () => {
    await take([kev(DAY_1, 'CVE-2026-0001')]);
    await take([kev(DAY_1, 'CVE-2026-0001', 'CVE-2026-0002')]);
    expect(await feed('kev')).toMatchObject({ count: 2 });
  });

  it('does nothing where the very same is held, from wherever it came', async () => {
    const parts = [
      advisory(about('DSA-1', DAY_1, 'perl')),
      cve('CVE-2026-0001', DAY_1),
      kev(DAY_1),
      ...epss(DAY_1, 'CVE-2026-0001'),
    ];
    await take(parts);
    const before = await intelligence.feeds();
    const report = await importFeeds(
      { sources: aSource(parts, 'elsewhere'), at: new Date('2026-12-01') },
      { register: store.register, evidence },
    );

    expect(report.feeds.map(({ outcome }) => outcome)).toEqual(Array(4).fill('unchanged'));
    expect(report.lines[0]).toBe('cve: unchanged, 1 record of 2026-08-01');
    expect(await intelligence.feeds()).toEqual(before);
    expect(await history('kev')).toHaveLength(1);
  });

  it('leaves the shards alone that a change does not touch', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `package${String(n)}`);
    await take(names.map((name) => advisory(about(`DSA-${name}`, DAY_1, name))));
    const before = await feed('osv-debian');
    await take([advisory(about('DSA-new', DAY_2, 'package0'))]);
    const after = await feed('osv-debian');

    const changed = Object.entries(after?.shards ?? {}).filter(([name, digest]) => before?.shards[name] !== digest);
    expect(changed).toHaveLength(1);
  });
});

describe('importFeeds and what it answers for', () => {
  const both = [advisory(of('DSA-1', DAY_1, 'Debian:12')), advisory(of('DSA-2', DAY_1, 'Debian:11'))];

  it.each([
    [[], []],
    [['Debian:12'], ['Debian:12']],
    [['Debian'], ['Debian:11', 'Debian:12']],
    [
      ['Debian:12', 'Debian:11', 'Debian:12'],
      ['Debian:11', 'Debian:12'],
    ],
  ])('claims to be complete only as it is told: %j', async (complete, expected) => {
    await take(both, { complete });
    expect((await feed('osv-debian'))?.completeFor).toEqual(
      expected.map((ecosystem) => ({ ecosystem, packages: 'all' })),
    );
  });

  it('says what it answers for, and that it answers for nothing', async () => {
    expect((await take(both)).lines[1]).toMatch(/^osv-debian: answers for nothing: /u);
    expect((await take(both, { complete: ['Debian'] })).lines[1]).toBe('osv-debian: answers for Debian:11, Debian:12');
  });

  it('claims an ecosystem as a whole where the records name no release', async () => {
    await take([advisory(of('GHSA-1', DAY_1, 'npm'))], { complete: ['npm'] });
    expect((await feed('osv-npm'))?.completeFor).toEqual([{ ecosystem: 'npm', packages: 'all' }]);
  });

  it.each([
    ['Debian:13', 'Its records are about Debian:11, Debian:12.'],
    ['debian', 'Its records are about Debian:11, Debian:12.'],
    ['npm', 'Its records are about Debian:11, Debian:12.'],
  ])('refuses to be complete for %s, of which it has no record', async (claim, next) => {
    await expect(take(both, { complete: [claim] })).rejects.toMatchObject({
      code: 'bad-input',
      message: `no record of this import is about ${claim}: it can't be complete for it`,
      next,
    });
    expect(await feeds()).toEqual([]);
  });

  it('refuses a claim without any advisory', async () => {
    await expect(take([kev(DAY_1)], { complete: ['Debian'] })).rejects.toMatchObject({
      next: 'Import the advisories of that ecosystem with it.',
    });
  });

  it('replaces what is held by what claims to be complete', async () => {
    await take(both, { complete: ['Debian'] });
    const report = await take([advisory(of('DSA-3', DAY_2, 'Debian:12'))], { complete: ['Debian:12'] });

    expect(await bucket('osv-debian', 'Debian/perl')).toMatchObject([{ id: 'DSA-3' }]);
    expect(report.feeds).toMatchObject([{ outcome: 'replaced', date: DAY_2, count: 1, noLongerFor: ['Debian:11'] }]);
    expect(report.lines).toContain('osv-debian: no longer answers for Debian:11');
  });

  it('goes on answering after a merge, as of the date of that answer', async () => {
    await take(both, { complete: ['Debian:12'] });
    await take([advisory(of('DSA-3', DAY_3, 'Debian:12'))]);

    expect(await feed('osv-debian')).toMatchObject({
      count: 3,
      date: DAY_1,
      completeFor: [{ ecosystem: 'Debian:12', packages: 'all' }],
    });
  });
});

describe('importFeeds and dates', () => {
  it('takes the date that a person gives, for all of it', async () => {
    await take([kev(DAY_1), advisory(about('DSA-1', DAY_1, 'perl')), ...epss(null, 'CVE-2026-0001')], {
      date: '2025-04-01T02:00:00+02:00',
    });
    expect((await feeds()).map(({ date, modelVersion }) => [date, modelVersion])).toEqual([
      ['2025-04-01T00:00:00.000Z', 'v4'],
      ['2025-04-01T00:00:00.000Z', null],
      ['2025-04-01T00:00:00.000Z', null],
    ]);
  });

  it('keeps the model that EPSS declares', async () => {
    await take([
      { kind: 'epss-header', where: 'epss.csv', header: { modelVersion: 'v2025.03.14', date: DAY_1 } },
      { kind: 'epss', records: [{ id: 'CVE-2026-0001', score: 0, percentile: 0 }] },
    ]);
    expect(await feed('epss')).toMatchObject({ modelVersion: 'v2025.03.14' });
  });

  it('takes the publication for the date where the change is not dated', async () => {
    await take([advisory({ ...about('GO-1', '0001-01-01T00:00:00.000Z', 'perl'), published: DAY_2 })]);
    expect(await feed('osv-debian')).toMatchObject({ date: DAY_2 });
  });

  it.each([
    ['EPSS', epss(null, 'CVE-2026-0001'), 'epss.csv does not say of which day it is'],
    ['CVE records', [cve('CVE-2026-0001', null)], 'feed cve does not say of which day it is'],
  ])('refuses %s without any date, and says how to give one', async (_what, parts, message) => {
    await expect(take(parts)).rejects.toMatchObject({
      code: 'bad-input',
      message,
      next: expect.stringContaining('--date'),
    });
  });
});

describe('importFeeds, all or nothing', () => {
  it('shows nothing of an import that fails at its end', async () => {
    await take([kev(DAY_1, 'CVE-2026-0001')]);
    const before = await intelligence.feeds();
    const cut = new CavendishError('bad-input', 'the file is cut off');

    await expect(take([kev(DAY_2), advisory(about('DSA-1', DAY_1, 'perl')), cut])).rejects.toBe(cut);
    expect(await intelligence.feeds()).toEqual(before);
  });

  it.each([
    ['two catalogues', [kev(DAY_1), kev(DAY_2)], 'two files are KEV: kev.json and kev.json'],
    ['two days of scores', [...epss(DAY_1, 'CVE-2026-0001'), ...epss(DAY_2, 'CVE-2026-0001')], 'two files are EPSS'],
    ['a vulnerability twice', epss(DAY_1, 'CVE-2026-0001', 'CVE-2026-0001'), 'epss.csv lists CVE-2026-0001 twice'],
    ['an identifier that has no bucket', epss(DAY_1, 'GHSA-1'), '"GHSA-1" is not a CVE identifier'],
  ])('refuses %s', async (_what, parts, message) => {
    await expect(take(parts)).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining(message) });
    expect(await feeds()).toEqual([]);
  });

  it('takes nothing in where another import was faster, and says so', async () => {
    await take([kev(DAY_1, 'CVE-2026-0001')]);
    const { register } = store;
    const raced = {
      ...register,
      async commit(commit: Parameters<typeof register.commit>[0]) {
        await take([kev(DAY_3, 'CVE-2026-0003')]);
        await register.commit(commit);
      },
    };
    const late = importFeeds(
      { sources: aSource([kev(DAY_2, 'CVE-2026-0002'), cve('CVE-2026-0002', DAY_2)]), at: AT },
      { register: raced, evidence },
    );

    await expect(late).rejects.toMatchObject({ code: 'conflict', next: expect.stringContaining('Run it again') });
    expect((await feeds()).map(({ id, date }) => [id, date])).toEqual([['kev', DAY_3]]);
  });

  it('keeps each version that was held in the history', async () => {
    await take([kev(DAY_1, 'CVE-2026-0001')]);
    const [first] = await intelligence.feeds();
    await take([kev(DAY_2)], { at: new Date('2026-11-24T00:00:00Z') });
    const [second] = await intelligence.feeds();

    expect(await history('kev')).toMatchObject([
      { hash: first?.hash, before: null, count: 1, importedAt: '2026-11-23T00:00:00.000Z' },
      { hash: second?.hash, before: first?.hash, count: 0, importedAt: '2026-11-24T00:00:00.000Z' },
    ]);
  });

  it('hands on what the store says of itself', async () => {
    const full = new CavendishError('storage-full', 'no space is left');
    const failing = { ...evidence, put: () => Promise.reject(full) };
    const failed = importFeeds(
      { sources: aSource([kev(DAY_1, 'CVE-2026-0001')]), at: AT },
      { register: store.register, evidence: failing },
    );
    await expect(failed).rejects.toBe(full);
    const broken = { ...store.register, commit: () => Promise.reject(full) };
    await expect(importFeeds({ sources: aSource([kev(DAY_1)]), at: AT }, { register: broken, evidence })).rejects.toBe(
      full,
    );
  });
});

describe('importFeeds of a bundle', () => {
  const bundle = {
    prefix: 'sample',
    source: 'the sample',
    completeFor: [{ ecosystem: 'Debian:12', packages: ['perl', 'tar'] }],
  };

  it('has feeds of its own, with its own claims, beside those of people', async () => {
    await take([advisory(about('DSA-1', DAY_1, 'perl')), kev(DAY_1)]);
    const report = await take([advisory(about('DSA-2', DAY_1, 'perl')), cve('CVE-2026-0001', DAY_1)], { bundle });

    expect((await feeds()).map(({ id, source, completeFor }) => [id, source, completeFor])).toEqual([
      ['kev', 'given', []],
      ['osv-debian', 'given', []],
      ['sample-advisories', 'the sample', bundle.completeFor],
      ['sample-cve', 'the sample', []],
    ]);
    expect(report.lines[1]).toBe('sample-advisories: answers for 2 packages of Debian:12');
  });

  it('replaces its own former version', async () => {
    await take([advisory(about('DSA-1', DAY_2, 'perl')), cve('CVE-2026-0001', DAY_2)], { bundle });
    await take([advisory(about('DSA-2', DAY_1, 'perl')), cve('CVE-2026-0002', DAY_1)], { bundle });

    expect(await bucket('sample-advisories', 'Debian/perl')).toMatchObject([{ id: 'DSA-2' }]);
    expect(await bucket('sample-cve', 'CVE-2026-00xx')).toMatchObject([{ id: 'CVE-2026-0002' }]);
  });
});
