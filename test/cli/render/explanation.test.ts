import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';

import { coloursFor } from '../../../lib/cli/render/colours.ts';
import { renderExplanation } from '../../../lib/cli/render/explanation.ts';
import type { Explanation } from '../../../lib/pipeline/read-board/explain.ts';
import { aDigest, aFinding } from '../../support/assessments.ts';

const PLACEMENT = { account: 'laptop', region: 'local', registry: 'embedded', repository: 'team/app' };

function words(given: Partial<Explanation>): string {
  const explanation: Explanation = {
    ...{ placement: { ...PLACEMENT, digest: aDigest('image') }, tags: [], stage: 'production' },
    ...{ assessment: aDigest('assessment'), at: '2026-11-25T12:00:00.000Z', vulnerability: 'CVE-2026-1' },
    ...{ aliases: ['GHSA-1'], outcome: 'not named', cve: null, subjects: [], findings: [] },
    ...{ lapsed: [], barred: [], gaps: [] },
    ...given,
  };
  return renderExplanation(explanation, coloursFor(new PassThrough()));
}

describe('an explanation in words', () => {
  it('names the exceptions that cover a finding, those that count no more and those that never may', () => {
    const exceptions = [{ id: '01A', owner: 'Ada', until: '2026-12-31T23:00:00.000Z', share: 1 }];
    const finding = aFinding({ fixedIn: '2.0', disputed: 'disputed', due: '2026-12-01T00:00:00.000Z', exceptions });
    const text = words({
      outcome: 'affected',
      findings: [finding],
      lapsed: [{ id: '01B', why: 'it is listed in KEV' }],
      barred: [{ id: '01C', rule: 'ransomware', vulnerability: 'CVE-2026-1', source: 'perl' }],
    });

    expect(text.split('\n').slice(3)).toEqual([
      `${finding.package.name}: a finding, fixed in 2.0, disputed, due 2026-12-01`,
      '  accepted until 2026-12-31 by the exception 01A of Ada',
      'The exception 01B counts no more: it is listed in KEV',
      'The exception 01C does not cover it in perl: the rule ransomware never accepts it',
    ]);
  });

  it('says what kinds of range, event and list say', () => {
    const range = { type: 'SEMVER', events: [], outcome: null } as const;
    const events = [
      { kind: 'introduced', version: '1.0', stands: 'behind' },
      { kind: 'last_affected', version: '1.5', stands: 'before' },
      { kind: 'limit', version: 'x', stands: { unparsable: '"x": it is no version' } },
    ] as const;
    const packages = Array.from({ length: 7 }, (_, at) => ({
      ...{ name: `perl-${String(at)}`, version: '1.2', purl: 'pkg:deb/debian/perl' },
      ...{ layer: aDigest('layer'), path: 'status' },
    }));
    const record = { id: 'DSA-1', modified: '2026-01-01T00:00:00.000Z', withdrawn: null, fixed: null };
    const entry = { ecosystem: 'Debian:12', applies: true };
    const text = words({
      outcome: 'undecided',
      cve: { id: 'CVE-2026-1', state: 'REJECTED', disputed: false },
      gaps: ['a', 'b', 'c', 'd'].map((subject) => ({
        ...{ kind: 'unanswered-package', subject, message: 'x', tolerated: false },
      })),
      subjects: [
        {
          ...{ ecosystem: 'Debian:12', name: 'perl', version: '1.2', packages, outcome: 'undecided' },
          records: [
            {
              ...{ ...record, outcome: 'undecided', undecided: 'nobody can say' },
              entries: [
                { ...entry, ranges: [range, { ...range, type: 'GIT' }], listed: { count: 2, holds: false } },
                {
                  ...entry,
                  ranges: [{ type: 'ECOSYSTEM', events, outcome: 'undecided' }],
                  listed: { count: 1, holds: true },
                },
              ],
            },
          ],
        },
      ],
    });

    expect(text.replaceAll(aDigest('x'), '').split('\n')).toEqual([
      expect.stringMatching(/^CVE-2026-1 \(GHSA-1\) in team\/app@[0-9a-f]+, production: not known, a version can not/u),
      expect.stringContaining('As judged at 2026-11-25 12:00 UTC'),
      'The CVE record CVE-2026-1 was rejected by who assigned it.',
      '',
      'perl 1.2 of Debian:12 (perl-0, perl-1, perl-2, perl-3, perl-4 and 2 more): undecided',
      '  DSA-1, of 2026-01-01: undecided',
      '    nobody can say',
      '    Debian:12: a range of type SEMVER, which says nothing of such versions',
      '    Debian:12: a range of commits, which says nothing of versions',
      '    Debian:12: 1.2 is not one of those listed',
      '    Debian:12: introduced in 1.0 (1.2 is behind it), last affected 1.5 (1.2 is before it), limited to before x (can not be put in order: "x": it is no version): undecided',
      '    Debian:12: 1.2 is one of 1 listed version',
      '',
      'It may be in what was not read or is not answered for: unanswered-package a, unanswered-package b, unanswered-package c and 1 more',
    ]);
  });

  it.each([
    ['not read', 'not known, the image could not be read'],
    ['no such package', 'the image has no package of that name'],
    ['not named', 'no advisory that was read names it for a package of the image'],
  ] as const)('says of "%s" what it is', (outcome, said) => {
    expect(words({ outcome, tags: ['1.0'] })).toContain(`CVE-2026-1 (GHSA-1) in team/app:1.0, production: ${said}`);
  });

  it('says that there is a CVE record where no advisory names it', () => {
    const cve = { id: 'CVE-2026-1', state: 'PUBLISHED', disputed: false };
    expect(words({ cve })).toContain('There is a CVE record CVE-2026-1, and it is neither rejected nor disputed.');
    expect(words({ cve: { ...cve, disputed: true } })).toContain('is disputed');
    expect(words({ cve, outcome: 'not affected' })).not.toContain('CVE record');
  });
});
