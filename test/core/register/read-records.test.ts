import { describe, expect, it } from '@jest/globals';

import { feedsOfKind, recordsOf } from '../../../lib/core/register/read-records.ts';
import { affecting, anAdvisory } from '../../support/advisory-builders.ts';
import { aFeed, bucketsOf } from '../../support/evidence.ts';
import { aCve, aKev } from '../../support/facts.ts';

const OLD = '2026-08-01T00:00:00.000Z';
const NEW = '2026-11-01T00:00:00.000Z';
const ID = 'CVE-2026-42496';

describe('feedsOfKind', () => {
  it('gives the newest first, by their ids where they are of one instant, and no other kind', () => {
    const feeds = [
      aFeed('kev'),
      aFeed('epss', { id: 'old', date: OLD }),
      aFeed('epss', { id: 'b', date: NEW }),
      aFeed('epss', { id: 'a', date: NEW }),
    ];

    expect(feedsOfKind(feeds, 'epss').map(({ id }) => id)).toEqual(['a', 'b', 'old']);
    expect(feedsOfKind([...feeds].reverse(), 'epss').map(({ id }) => id)).toEqual(['a', 'b', 'old']);
  });
});

const perl = { ecosystem: 'Debian:12', name: 'perl' };

describe('advisoriesOf', () => {
  it('finds what is held about what is asked, of every release', () => {
    const own = anAdvisory('A-1');
    const release11 = anAdvisory('A-2', { affected: [affecting([{ introduced: '0' }], { ecosystem: 'Debian:11' })] });
    const other = anAdvisory('A-3', { affected: [affecting([{ introduced: '0' }], { name: 'zlib' })] });
    const buckets = bucketsOf('advisories', 'advisories', [own, release11, other]);
    const { advisoriesOf } = recordsOf([aFeed('advisories')], buckets);

    expect(advisoriesOf(perl)).toEqual([own, release11]);
    expect(advisoriesOf({ ...perl, name: 'nobody-knows' })).toEqual([]);
    expect(advisoriesOf({ ...perl, ecosystem: 'Ubuntu:22.04' })).toEqual([]);
  });

  it.each([
    ['in the order of the feeds', ['one', 'two']],
    ['in the other', ['two', 'one']],
  ])('takes the newest of a record that two feeds hold, %s', (_, ids) => {
    const newer = anAdvisory('A-1', { modified: NEW, summary: 'newer' });
    const older = anAdvisory('A-1', { modified: OLD, summary: 'older' });
    const buckets = [
      ...bucketsOf('one', 'advisories', [newer]),
      ...bucketsOf('two', 'advisories', [older, anAdvisory('A-2')]),
    ];
    const { advisoriesOf } = recordsOf(
      ids.map((id) => aFeed('advisories', { id })),
      buckets,
    );

    expect(advisoriesOf(perl)).toEqual([newer, anAdvisory('A-2')]);
  });

  it('finds what is held about a package of NuGet, whatever its case, in feeds of before too', () => {
    const about = [affecting([{ introduced: '0' }], { ecosystem: 'NuGet', name: 'Newtonsoft.Json' })];
    const record = anAdvisory('A-1', { affected: about });
    const [bucket] = bucketsOf('advisories', 'advisories', [record]);
    const older = [{ ...bucket, key: 'NuGet/Newtonsoft.Json' }] as Parameters<typeof recordsOf>[1];
    const { advisoriesOf } = recordsOf([aFeed('advisories')], bucketsOf('advisories', 'advisories', [record]));

    expect(bucket?.key).toBe('NuGet/newtonsoft.json');
    expect(advisoriesOf({ ecosystem: 'NuGet', name: 'newtonsoft.json' })).toEqual([record]);
    expect(advisoriesOf({ ecosystem: 'NuGet', name: 'NewtonSoft.JSON' })).toEqual([record]);
    const ofBefore = recordsOf([aFeed('advisories')], older).advisoriesOf;
    expect(ofBefore({ ecosystem: 'NuGet', name: 'Newtonsoft.Json' })).toEqual([record]);
  });

  it('reads nothing of a feed that is not held', () => {
    const { advisoriesOf } = recordsOf([aFeed('advisories')], bucketsOf('gone', 'advisories', [anAdvisory('A-1')]));

    expect(advisoriesOf(perl)).toEqual([]);
  });
});

describe('factsOf', () => {
  it('knows nothing where nothing is held', () => {
    const nothing = { cve: null, kev: null, epss: null };

    expect(recordsOf([], []).factsOf(ID)).toEqual(nothing);
    expect(recordsOf([aFeed('cve'), aFeed('kev'), aFeed('epss')], []).factsOf(ID)).toEqual(nothing);
  });

  it.each(['GHSA-aaaa-bbbb-cccc', '__proto__', 'constructor', ''])('knows nothing of %j, which is no CVE', (id) => {
    const feeds = [aFeed('cve'), aFeed('kev'), aFeed('epss')];
    const buckets = bucketsOf('kev', 'kev', [aKev(ID)]);

    expect(recordsOf(feeds, buckets).factsOf(id)).toEqual({ cve: null, kev: null, epss: null });
  });

  it('joins what each kind of feed says', () => {
    const feeds = [aFeed('cve'), aFeed('kev'), aFeed('epss', { date: NEW })];
    const score = { id: ID, score: 0.2, percentile: 0.9 };
    const buckets = [
      ...bucketsOf('cve', 'cve', [aCve('CVE-2026-42497'), aCve(ID)]),
      ...bucketsOf('kev', 'kev', [aKev('CVE-2026-1'), aKev(ID)]),
      ...bucketsOf('epss', 'epss', [score]),
    ];

    expect(recordsOf(feeds, buckets).factsOf(ID)).toEqual({
      cve: aCve(ID),
      kev: aKev(ID),
      epss: { ...score, modelVersion: 'v5', date: NEW },
    });
  });

  it('takes the newest of a CVE record that two feeds hold', () => {
    const feeds = ['one', 'two', 'three'].map((id) => aFeed('cve', { id }));
    const buckets = [
      ...bucketsOf('one', 'cve', [aCve(ID, { updated: null, title: 'undated' })]),
      ...bucketsOf('two', 'cve', [aCve(ID, { updated: NEW, title: 'newer' })]),
      ...bucketsOf('three', 'cve', [aCve(ID, { updated: OLD, title: 'older' })]),
    ];

    expect(recordsOf(feeds, buckets).factsOf(ID).cve?.title).toBe('newer');
    expect(recordsOf([...feeds].reverse(), buckets).factsOf(ID).cve?.title).toBe('newer');
  });

  it('takes KEV from the newest feed alone: what it has left out is no longer so', () => {
    const feeds = [aFeed('kev', { id: 'kev-old', date: OLD }), aFeed('kev', { id: 'kev-new', date: NEW })];
    const buckets = bucketsOf('kev-old', 'kev', [aKev(ID)]);

    expect(recordsOf(feeds, buckets).factsOf(ID).kev).toBeNull();
  });

  it('takes EPSS from the newest feed that has a figure: a trimmed feed hides no whole one', () => {
    const feeds = [aFeed('epss', { id: 'trimmed', date: NEW }), aFeed('epss', { id: 'whole', date: OLD })];
    const other = 'CVE-2026-42497';
    const buckets = [
      ...bucketsOf('trimmed', 'epss', [{ id: ID, score: 0.2, percentile: 0.9 }]),
      ...bucketsOf('whole', 'epss', [
        { id: ID, score: 0.1, percentile: 0.8 },
        { id: other, score: 0.3, percentile: 0.95 },
      ]),
    ];

    expect(recordsOf(feeds, buckets).factsOf(ID).epss).toMatchObject({ score: 0.2, date: NEW });
    expect(recordsOf(feeds, buckets).factsOf(other).epss).toMatchObject({ score: 0.3, date: OLD });
  });

  it('says that the model of EPSS is unknown where the feed does not say it', () => {
    const buckets = bucketsOf('epss', 'epss', [{ id: ID, score: 0.2, percentile: 0.9 }]);

    expect(recordsOf([aFeed('epss', { modelVersion: null })], buckets).factsOf(ID).epss?.modelVersion).toBe('unknown');
  });
});
