import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { readOsv } from '../../../lib/core/advisories/osv.ts';

const RECORD = {
  schema_version: '1.7.0',
  id: 'DSA-1',
  modified: '2026-03-09T02:11:37.555571Z',
  affected: [
    {
      package: { ecosystem: 'Debian:12', name: 'perl', purl: 'pkg:deb/debian/perl' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.0' }], database_specific: {} }],
    },
  ],
};

const [AFFECTED] = RECORD.affected;
const withEvents = (...events: unknown[]) => ({
  ...RECORD,
  affected: [{ ...AFFECTED, ranges: [{ type: 'ECOSYSTEM', events }] }],
});

/** As AlmaLinux files an update. */
const ERRATUM = {
  ...{ id: 'ALSA-2023:4520', modified: '2023-08-09T11:03:48Z', related: ['CVE-2023-32681', 'ALBA-2023:1'] },
  affected: [{ ...AFFECTED, package: { ecosystem: 'AlmaLinux:8', name: 'python3-requests' } }],
};

describe('what an update mends', () => {
  it('stands in `related` where nothing else says it', () => {
    expect(readOsv(ERRATUM).upstream).toEqual(['CVE-2023-32681']);
  });

  it.each([
    ['it says so', { upstream: ['CVE-2023-1'] }, ['CVE-2023-1']],
    ['it has another name', { aliases: ['CVE-2023-1'] }, []],
    ['it is of no package', { affected: [] }, []],
    ['it is filed of another distribution too', { affected: [...ERRATUM.affected, AFFECTED] }, []],
    ['it is of Debian', { affected: [AFFECTED] }, []],
  ])('does not where %s', (_, given, upstream) => {
    expect(readOsv({ ...ERRATUM, ...given }).upstream).toEqual(upstream);
  });
});

describe('readOsv', () => {
  it('trims a record to what a judgement reads', () => {
    expect(
      readOsv({
        ...RECORD,
        published: '2026-01-02',
        withdrawn: '2026-03-09T02:00:00+02:00',
        aliases: ['CVE-2026-0001', 'CVE-2026-0001'],
        upstream: ['CVE-2026-0002', 'CVE-2026-0002'],
        related: ['CVE-2026-0003'],
        summary: 'Perl',
        details: 'long',
        severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/…' }],
        affected: [
          { ...AFFECTED, versions: ['0.9'], severity: [{ type: 'Ubuntu', score: 'low' }] },
          { ranges: [{ type: 'GIT', repo: 'https://example.org', events: [{ introduced: '0' }] }] },
        ],
      }),
    ).toEqual({
      id: 'DSA-1',
      modified: '2026-03-09T02:11:37.555Z',
      published: '2026-01-02T00:00:00.000Z',
      withdrawn: '2026-03-09T00:00:00.000Z',
      aliases: ['CVE-2026-0001'],
      upstream: ['CVE-2026-0002'],
      summary: 'Perl',
      severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/…' }],
      affected: [
        {
          ecosystem: 'Debian:12',
          name: 'perl',
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.0' }] }],
          versions: ['0.9'],
          severity: [{ type: 'Ubuntu', score: 'low' }],
        },
      ],
    });
  });

  it('takes absent and null members for empty', () => {
    const empty = {
      published: null,
      withdrawn: null,
      aliases: [],
      upstream: [],
      summary: null,
      severity: [],
      affected: [],
    };
    const bare = { id: 'A', modified: '2026-01-01T00:00:00Z' };
    const nulls = Object.fromEntries(Object.keys(empty).map((name) => [name, null]));

    expect(readOsv(bare)).toEqual({ ...bare, modified: '2026-01-01T00:00:00.000Z', ...empty });
    expect(readOsv({ ...bare, ...nulls })).toEqual(readOsv(bare));
    // What Go's tools write for it.
    expect(readOsv({ ...bare, published: '0001-01-01T00:00:00Z' })).toEqual(readOsv(bare));
  });

  it.each<[string, unknown, string]>([
    ['no record', null, 'OSV record without a name: '],
    ['no identifier', { modified: RECORD.modified }, 'OSV record without a name: "id": '],
    ['no date', { id: 'DSA-1' }, 'OSV record DSA-1: "modified": '],
    [
      'a date that is none',
      { ...RECORD, modified: 'yesterday' },
      'OSV record DSA-1: "modified": is not a date and time',
    ],
    ['a day that no calendar has', { ...RECORD, published: '2026-02-30T00:00:00Z' }, '"published": is not a date'],
    [
      'an event of two kinds',
      withEvents({ introduced: '0', fixed: '1' }),
      '"affected.0.ranges.0.events.0": is not exactly one of',
    ],
    [
      'an event of no kind',
      withEvents({ introduced: '0' }, {}),
      '"affected.0.ranges.0.events.1": is not exactly one of',
    ],
    [
      'an event of an unknown kind',
      withEvents({ introduced: '0' }, { repaired: '1' }),
      '"affected.0.ranges.0.events.1',
    ],
    ['a version that is a number', withEvents({ introduced: 0 }), '"affected.0.ranges.0.events.0.introduced"'],
    ['a range that nothing opens', withEvents({ fixed: '1' }), '"affected.0.ranges.0": has no "introduced" event'],
    [
      'a range of an unknown type',
      { ...RECORD, affected: [{ ...AFFECTED, ranges: [{ type: 'X', events: [] }] }] },
      '"affected.0.ranges.0.type"',
    ],
    [
      'a package without a name',
      { ...RECORD, affected: [{ package: { ecosystem: 'Debian' } }] },
      '"affected.0.package.name"',
    ],
    ['aliases that are no list', { ...RECORD, aliases: 'CVE-2026-0001' }, 'OSV record DSA-1: "aliases"'],
    ['control characters in its name', { id: 'A\u001b[2J' }, 'OSV record A\ufffd[2J: "modified"'],
  ])('refuses %s', (_why, raw, message) => {
    expect(() => readOsv(raw)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(message) }),
    );
  });

  it('reads every record of the sample', () => {
    const file = new URL('../../../lib/cli/sample/advisories.json', import.meta.url);
    const records = (JSON.parse(readFileSync(file, 'utf8')) as unknown[]).map(readOsv);
    expect(records.every(({ affected, upstream }) => affected.length === 1 && upstream.length === 1)).toBe(true);
  });
});
