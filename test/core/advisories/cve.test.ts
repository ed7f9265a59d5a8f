import { describe, expect, it } from '@jest/globals';

import { readCve } from '../../../lib/core/advisories/cve.ts';

const V30 = 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N';
const V40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';

const META = { cveId: 'CVE-2026-0001', state: 'PUBLISHED' };
const BY_MITRE = { providerMetadata: { shortName: 'mitre' } };
const BY_CISA = { providerMetadata: { shortName: 'CISA-ADP' } };

const ssvc = (timestamp: string, ...options: unknown[]) => ({
  other: { type: 'ssvc', content: { timestamp, options } },
});
const record = (cna: object, adp: readonly object[] = [], meta: object = {}) => ({
  dataType: 'CVE_RECORD',
  cveMetadata: { ...META, ...meta },
  containers: { cna: { ...BY_MITRE, ...cna }, adp: adp.map((one) => ({ ...BY_CISA, ...one })) },
});

describe('readCve', () => {
  it('trims a record to what a judgement reads', () => {
    const raw = record(
      {
        title: 'A hole in Perl',
        problemTypes: [{ descriptions: [{ cweId: 'CWE-787' }, { description: 'n/a' }] }],
        metrics: [{ cvssV3_0: { vectorString: V30 } }, { cvssV2_0: { vectorString: 'AV:N/AC:L/Au:N/C:P/I:P/A:P' } }],
      },
      [
        {
          problemTypes: [
            {
              descriptions: [
                { cweId: 'CWE-125' },
                { cweId: 'CWE-787' },
                { cweId: 'NVD-CWE-noinfo' },
                { cweId: 'NVD-CWE-1' },
                { cweId: 'CWE-1x' },
              ],
            },
          ],
          metrics: [
            { cvssV3_1: { vectorString: V31 } },
            { cvssV4_0: { vectorString: V40 } },
            { cvssV3_1: { vectorString: V31 } },
            ssvc('2026-01-01', { Exploitation: 'poc' }, { Automatable: 'yes' }, { 'Technical Impact': 'total' }),
            { other: { type: 'kev', content: { dateAdded: '2026-01-01' } } },
          ],
        },
      ],
      { datePublished: '1999-09-29T04:00:00', dateUpdated: '2024-10-24T01:02:03.456789' },
    );

    expect(readCve(raw)).toEqual({
      id: 'CVE-2026-0001',
      state: 'PUBLISHED',
      published: '1999-09-29T04:00:00.000Z',
      updated: '2024-10-24T01:02:03.456Z',
      title: 'A hole in Perl',
      disputed: false,
      cwes: ['CWE-125', 'CWE-787'],
      metrics: [
        { source: 'cna:mitre', vector: V30 },
        { source: 'adp:CISA-ADP', vector: V31 },
        { source: 'adp:CISA-ADP', vector: V40 },
      ],
      ssvc: { exploitation: 'poc', automatable: true, technicalImpact: 'total', source: 'adp:CISA-ADP' },
    });
  });

  it('keeps what is missing missing', () => {
    expect(readCve({ cveMetadata: META, containers: { cna: {} } })).toEqual({
      id: 'CVE-2026-0001',
      state: 'PUBLISHED',
      published: null,
      updated: null,
      title: null,
      disputed: false,
      cwes: [],
      metrics: [],
      ssvc: null,
    });
  });

  it('reads that a record was rejected, and that it is disputed', () => {
    expect(readCve(record({}, [], { state: 'REJECTED' })).state).toBe('REJECTED');
    expect(readCve(record({ tags: ['unsupported-when-assigned', 'disputed'] })).disputed).toBe(true);
    expect(readCve(record({}, [{ tags: ['disputed'] }])).disputed).toBe(true);
    expect(readCve(record({ tags: ['x_disputed'] })).disputed).toBe(false);
  });

  const missing = V31.replace('/A:N', '');
  const noValue = V31.replace('AV:N', 'AV:Q');
  it.each<[string, unknown, string]>([
    ['no text', { vectorString: 7 }, 'no vector'],
    ['no vector', {}, 'no vector'],
    ['nothing', null, 'no vector'],
    ['a metric missing', { vectorString: missing }, `"${missing}"`],
    ['a value that its metric does not have', { vectorString: noValue }, `"${noValue}"`],
    ['a metric that its version does not have', { vectorString: `${V31}/AT:N` }, `"${V31}/AT:N"`],
    ['a version that is not read', { vectorString: V31.replace('3.1', '3.9') }, `"${V31.replace('3.1', '3.9')}"`],
    ['other text', { vectorString: 'HIGH\u001b' }, '"HIGH\ufffd"'],
    ['long text', { vectorString: 'x'.repeat(300) }, `"${'x'.repeat(200)}"`],
  ])('leaves out a vector that is none (%s), and says so, without harm to the rest', (_why, cvssV3_1, said) => {
    const leftOut: string[] = [];
    const { metrics } = readCve(record({ metrics: [{ cvssV3_1 }, { cvssV4_0: { vectorString: V40 } }] }), (what) => {
      leftOut.push(what);
    });

    expect(metrics).toEqual([{ source: 'cna:mitre', vector: V40 }]);
    expect(leftOut).toEqual([`CVE-2026-0001: cna:mitre: cvssV3_1: ${said}`]);
  });

  it('keeps a figure of nobody known', () => {
    const raw = { cveMetadata: META, containers: { cna: { metrics: [{ cvssV3_1: { vectorString: V31 } }] } } };
    expect(readCve(raw).metrics).toEqual([{ source: 'cna:unknown', vector: V31 }]);
  });

  it('reads the points of SSVC in any case, and takes what is none of their values for missing', () => {
    const points = (...options: unknown[]) => readCve(record({}, [{ metrics: [ssvc('2026', ...options)] }])).ssvc;

    expect(points({ Exploitation: 'PoC', Automatable: 'No', 'Technical Impact': 'Partial' })).toEqual({
      exploitation: 'poc',
      automatable: false,
      technicalImpact: 'partial',
      source: 'adp:CISA-ADP',
    });
    expect(points({ Exploitation: 'perhaps' }, { Automatable: 1 })).toEqual({
      exploitation: null,
      automatable: null,
      technicalImpact: null,
      source: 'adp:CISA-ADP',
    });
  });

  it('takes the newest points of SSVC', () => {
    const metrics = [
      ssvc('2025-01-01T00:00:00Z', { Exploitation: 'none' }),
      ssvc('2026-01-01T00:00:00Z', { Exploitation: 'active' }),
      ssvc('2024-01-01T00:00:00Z', { Exploitation: 'poc' }),
      { other: { type: 'ssvc', content: { options: [{ Exploitation: 'none' }] } } },
    ];
    expect(readCve(record({}, [{ metrics }])).ssvc).toMatchObject({ exploitation: 'active' });
    expect(readCve(record({}, [{ metrics: metrics.toReversed() }])).ssvc).toMatchObject({ exploitation: 'active' });
  });

  it.each<[string, unknown, string]>([
    ['no record', 'CVE-2026-0001', 'CVE record without a name: '],
    ['another type', { ...record({}), dataType: 'X' }, 'CVE record CVE-2026-0001: "dataType"'],
    [
      'an identifier that is none',
      record({}, [], { cveId: 'CVE-26-1' }),
      'CVE record CVE-26-1: "cveMetadata.cveId": is not a CVE',
    ],
    ['an unknown state', record({}, [], { state: 'RESERVED' }), 'CVE record CVE-2026-0001: "cveMetadata.state"'],
    [
      'a date that is none',
      record({}, [], { datePublished: '?' }),
      '"cveMetadata.datePublished": is not a date and time',
    ],
    ['no container of the CNA', { cveMetadata: META, containers: {} }, 'CVE record CVE-2026-0001: "containers.cna"'],
  ])('refuses %s', (_why, raw, message) => {
    expect(() => readCve(raw)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(message) }),
    );
  });
});
