import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { advisoryBucket } from '../../../lib/core/advisories/bucket.ts';
import type { OsvAffected, OsvEvent } from '../../../lib/core/advisories/records.ts';
import { type Answer, evaluateRecord, isMatch } from '../../../lib/core/matching/evaluate-record.ts';
import { affecting, anAdvisory } from '../../support/advisory-builders.ts';

const PERL = { ecosystem: 'Debian:12', name: 'perl' };

function inWords(answer: Answer): string {
  if (isMatch(answer)) {
    const { by, introduced, fixed } = answer.matched;
    return by === 'version' ? 'version' : `${String(introduced)}..${String(fixed)}`;
  }
  return answer === 'not affected' ? answer : 'undecided';
}

function evaluate(version: string, affected: readonly OsvAffected[]): string {
  return inWords(evaluateRecord(anAdvisory('DSA-1', { affected }), { ...PERL, version }));
}

const from = (introduced: string): OsvEvent => ({ introduced });
const until = (fixed: string): OsvEvent => ({ fixed });
const through = (last_affected: string): OsvEvent => ({ last_affected });
const below = (limit: string): OsvEvent => ({ limit });

const TWO_BRANCHES = [from('1.0'), until('1.5'), from('2.0'), until('2.3')];

describe('evaluateRecord, by events', () => {
  it.each<[why: string, version: string, events: readonly OsvEvent[], answer: string]>([
    ['"0" is before every version', '0~~', [from('0'), until('1.0')], '0..1.0'],
    ['everything after the beginning is affected', '99', [from('0')], '0..null'],
    ['before what introduced it', '0.9', [from('1.0'), until('1.5')], 'not affected'],
    ['the version that introduced it', '1.0', [from('1.0'), until('1.5')], '1.0..1.5'],
    ['just before the fix', '1.5~rc1', [from('1.0'), until('1.5')], '1.0..1.5'],
    ['the fix', '1.5', [from('1.0'), until('1.5')], 'not affected'],
    ['the fix in another spelling', '0:1.5-0', [from('1.0'), until('1.5')], 'not affected'],
    ['after the fix', '1.6', [from('1.0'), until('1.5')], 'not affected'],
    ['the first of two branches', '1.2', TWO_BRANCHES, '1.0..1.5'],
    ['between two branches', '1.9', TWO_BRANCHES, 'not affected'],
    ['the second of two branches', '2.2', TWO_BRANCHES, '2.0..2.3'],
    ['after two branches', '2.3', TWO_BRANCHES, 'not affected'],
    ['events in any order', '2.2', [...TWO_BRANCHES].reverse(), '2.0..2.3'],
    ['introduced twice: the first opened it', '1.2', [from('1.0'), from('1.1'), until('1.5')], '1.0..1.5'],
    ['introduced again before the fix', '1.0', [from('1.0'), from('1.1'), until('1.5')], '1.0..1.5'],
    ['the last affected version', '1.5', [from('1.0'), through('1.5')], '1.0..null'],
    ['after the last affected version', '1.5+1', [from('1.0'), through('1.5')], 'not affected'],
    ['a single version', '1.5', [through('1.5'), from('1.5')], '1.5..null'],
    ['after a single version', '1.6', [through('1.5'), from('1.5')], 'not affected'],
    ['closed and opened again at one version', '1.5', [from('1.0'), from('1.5'), until('1.5')], '1.5..null'],
    ['fixed where it begins: an empty range', '1.5', [from('1.5'), until('1.5')], 'not affected'],
    ['after an empty range', '9.9', [from('1.5'), until('1.5')], 'not affected'],
    [
      'an empty range behind a closed one',
      '2.0',
      [from('1.0'), until('1.5'), from('2.0'), until('2.0')],
      'not affected',
    ],
    ['a range behind an empty one', '2.0', [until('1.5'), from('1.5'), from('1.8'), until('2.3')], '1.8..2.3'],
    ['never affected', '1.0', [from('0'), until('0')], 'not affected'],
    ['below a limit', '1.5', [from('0'), below('2.0')], '0..null'],
    ['at a limit', '2.0', [from('0'), below('2.0')], 'not affected'],
    ['below one of two limits', '2.5', [from('0'), below('2.0'), below('3.0')], '0..null'],
    ['no limit at all', '99', [from('0'), below('2.0'), below('*')], '0..null'],
    ['a limit does not open what is closed', '1.6', [from('1.0'), until('1.5'), below('2.0')], 'not affected'],
    ['a fix that can not be read', '1.0', [from('0'), until('<1.5>')], 'undecided'],
    ['a limit that can not be read', '1.0', [from('0'), below('?')], 'undecided'],
    ['an installed version that can not be read', '?', [from('0'), until('1.5')], 'undecided'],
    ['an installed version that can not be read, where all are affected', '?', [from('0')], '0..null'],
  ])('%s: %s', (_why, version, events, answer) => {
    expect(evaluate(version, [affecting(events)])).toBe(answer);
  });

  it('holds for the order of events as published and for every other', () => {
    const events = [...TWO_BRANCHES, from('3.0'), through('3.0')];
    const versions = ['0.1', '1.0', '1.4', '1.5', '2.0', '2.2', '2.3', '3.0', '3.1'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.constantFrom(...versions),
        (shuffled, version) => {
          expect(evaluate(version, [affecting(shuffled)])).toBe(evaluate(version, [affecting(events)]));
        },
      ),
    );
  });
});

describe('evaluateRecord, by entries', () => {
  const range = (...events: OsvEvent[]) => ({ type: 'ECOSYSTEM' as const, events });
  const semver = { type: 'SEMVER' as const, events: [from('0')] };
  const git = { type: 'GIT' as const, events: [from('0')] };
  const entry = (given: Partial<OsvAffected>): OsvAffected => affecting([], { ranges: [], ...given });

  it.each<[why: string, version: string, affected: readonly OsvAffected[], answer: string]>([
    ['an enumerated version', '1.0', [entry({ versions: ['0.9', '1.0'] })], 'version'],
    ['an enumerated version in another spelling', '1.0', [entry({ versions: ['0.9', '0:1.0-0'] })], 'version'],
    ['a version that is not enumerated', '1.1', [entry({ versions: ['1.0', '?'] })], 'not affected'],
    ['an enumerated text that is no version', '?', [entry({ versions: ['?'] })], 'version'],
    ['a text that is no version beside enumerated ones', '?', [entry({ versions: ['1.0'] })], 'undecided'],
    [
      'an enumerated version outside the range',
      '3',
      [affecting([from('0'), until('2')], { versions: ['3'] })],
      'version',
    ],
    ['a range says more than an enumeration', '1', [affecting([from('0'), until('2')], { versions: ['1'] })], '0..2'],
    ['the second of two ranges', '5', [entry({ ranges: [range(from('0'), until('1')), range(from('4'))] })], '4..null'],
    [
      'of two ranges the one that names a fix',
      '5',
      [entry({ ranges: [range(from('4')), range(from('3'), until('6'))] })],
      '3..6',
    ],
    ['the second of two entries', '5', [affecting([from('0'), until('1')]), affecting([from('4')])], '4..null'],
    [
      'a range that matches beside one that can not be read',
      '1',
      [affecting([from('0'), until('?')]), affecting([from('0')])],
      '0..null',
    ],
    ['another package', '1', [affecting([from('0')], { name: 'perl5' })], 'not affected'],
    ['another release', '1', [affecting([from('0')], { ecosystem: 'Debian:11' })], 'not affected'],
    ['every release', '1', [affecting([from('0')], { ecosystem: 'Debian' })], '0..null'],
    ['another ecosystem', '1', [affecting([from('0')], { ecosystem: 'Ubuntu:12' })], 'not affected'],
    ['a GIT range beside a range', '1', [entry({ ranges: [git, range(from('2'))] })], 'not affected'],
    ['a SEMVER range beside enumerated versions', '1', [entry({ ranges: [semver], versions: ['2'] })], 'not affected'],
    ['only a GIT range', '1', [entry({ ranges: [git] })], 'undecided'],
    ['only a SEMVER range', '1', [entry({ ranges: [semver] })], 'undecided'],
    ['no range and no version', '1', [entry({})], 'undecided'],
    ['no entry', '1', [], 'not affected'],
  ])('%s: %s', (_why, version, affected, answer) => {
    expect(evaluate(version, affected)).toBe(answer);
  });

  it('never matches a withdrawn record', () => {
    const record = anAdvisory('DSA-1', { withdrawn: '2026-01-01T00:00:00.000Z' });
    expect(evaluateRecord(record, { ...PERL, version: '1' })).toBe('not affected');
  });

  it('names the ecosystem of the entry, and the version that was compared', () => {
    const record = anAdvisory('DSA-1', { affected: [affecting([from('0')], { ecosystem: 'Debian' })] });
    expect(evaluateRecord(record, { ...PERL, version: '1' })).toMatchObject({
      matched: { ecosystem: 'Debian', version: '1', by: 'range' },
    });
  });

  it('says why nobody can decide', () => {
    const undecided = (version: string, given: Partial<OsvAffected>) =>
      evaluateRecord(anAdvisory('DSA-1', { affected: [affecting([], { ranges: [], ...given })] }), {
        ...PERL,
        version,
      });

    expect(undecided('1', {})).toEqual({ undecided: 'DSA-1 names no version of perl that can be compared' });
    expect(undecided('a:1', { versions: ['1'] })).toEqual({
      undecided: '"a:1" of perl can not be put in order (its epoch is not a number), and DSA-1 hangs on it',
    });
  });

  it('takes the names of NuGet for the same in any case, and no others', () => {
    const asked = (ecosystem: string): unknown =>
      evaluateRecord(anAdvisory('A', { affected: [affecting([from('0')], { ecosystem, name: 'Newtonsoft.Json' })] }), {
        ecosystem,
        name: 'newtonsoft.json',
        version: '1.0.0',
      });
    expect(asked('NuGet')).toMatchObject({ matched: { record: 'A' } });
    expect(asked('npm')).toBe('not affected');
  });

  it('can not decide for an ecosystem whose order is not known', () => {
    const record = anAdvisory('GHSA-1', {
      affected: [affecting([from('0'), until('2')], { ecosystem: 'CRAN', name: 'rpart' })],
    });
    expect(evaluateRecord(record, { ecosystem: 'CRAN', name: 'rpart', version: '1' })).toEqual({
      undecided: '"1" of rpart can not be put in order (unsupported ecosystem: CRAN), and GHSA-1 hangs on it',
    });
  });

  it.each<[ecosystem: string, version: string, fixed: string, outside: string]>([
    ['Alpine:v3.20', '3.3.0_beta1-r0', '3.3.0-r2', '3.3.0-r2'],
    ['Red Hat:enterprise_linux:9::baseos', '1:3.0.7-6.el9_2', '1:3.0.7-16.el9_2', '1:3.0.7-16.el9_2.1'],
    ['PyPI', '2.0rc1', '2.0', '2.0.post1'],
    ['Maven', '2.0-SNAPSHOT', '2.0', '2.0.0.Final'],
    ['RubyGems', '2.0.0.rc1', '2.0.0', '2.0'],
    ['NuGet', '2.0.0-Beta', '2.0.0', '2.0'],
    ['Packagist', 'v2.0.0-RC1', '2.0.0', '2.0'],
    ['Pub', '2.0.0-dev.9', '2.0.0', '2.0.0+1'],
  ])('puts versions of %s in the order of the ecosystem', (ecosystem, version, fixed, outside) => {
    const subject = { ecosystem, name: 'left-pad' };
    const record = anAdvisory('OSV-1', { affected: [affecting([from('0'), until(fixed)], subject)] });
    expect(evaluateRecord(record, { ...subject, version })).toMatchObject({ matched: { fixed } });
    expect(evaluateRecord(record, { ...subject, version: outside })).toBe('not affected');
  });

  it.each(['npm', 'Go', 'crates.io', 'Hex', 'Pub', 'NuGet'])('reads ranges of type SEMVER for %s', (ecosystem) => {
    const events = [from('1.0.0'), until('1.2.0')];
    const subject = { ecosystem, name: 'left-pad' };
    const record = anAdvisory('GHSA-1', {
      affected: [affecting([], { ...subject, ranges: [{ type: 'SEMVER', events }] })],
    });
    expect(evaluateRecord(record, { ...subject, version: '1.2.0-rc.1' })).toMatchObject({
      matched: { fixed: '1.2.0' },
    });
    expect(evaluateRecord(record, { ...subject, version: '1.2.0' })).toBe('not affected');
    expect(evaluateRecord(record, { ...subject, version: 'latest' })).toEqual({
      undecided: expect.stringMatching(
        /^"latest" of left-pad can not be put in order \(it is not of the form .*GHSA-1/u,
      ),
    });
  });
});

describe('evaluateRecord, by names', () => {
  it.each([
    ['PyPI', 'Werkzeug', 'werkzeug', true],
    ['PyPI', 'zope.interface', 'Zope-Interface', true],
    ['PyPI', 'zope--interface', 'zope_interface', true],
    ['NuGet', 'Newtonsoft.Json', 'newtonsoft.json', true],
    ['NuGet', 'Newtonsoft.Json', 'newtonsoft-json', false],
    ['Packagist', 'Symfony/HTTP-kernel', 'symfony/http-kernel', true],
    ['npm', 'jQuery', 'jquery', false],
    ['Go', 'github.com/BurntSushi/toml', 'github.com/burntsushi/toml', false],
  ])('of %s takes %s for %s: %s', (ecosystem, said, name, same) => {
    const affected = [affecting([from('0')], { ecosystem, name: said, ranges: [], versions: ['1.0.0'] })];
    const answer = evaluateRecord(anAdvisory('GHSA-1', { affected }), { ecosystem, name, version: '1.0.0' });
    expect(isMatch(answer)).toBe(same);
    expect(advisoryBucket(ecosystem, said) === advisoryBucket(ecosystem, name)).toBe(same);
  });
});
