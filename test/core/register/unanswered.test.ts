import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { unansweredGaps } from '../../../lib/core/register/unanswered.ts';
import { aPackage } from '../../support/advisory-builders.ts';
import { aFeed, ALL_OF_DEBIAN } from '../../support/evidence.ts';

function answering(...packages: readonly string[]) {
  return aFeed('advisories', { id: packages.join(), completeFor: [{ ecosystem: 'Debian:12', packages }] });
}

const zlib = aPackage({ name: 'zlib1g', source: { name: 'zlib', version: '1' } });
const perl = ['perl', 'perl-base', 'libperl5.36'].map((name) =>
  aPackage({ name, source: { name: 'perl', version: '5.36.0-7' } }),
);

describe('unansweredGaps', () => {
  it.each([
    ['a feed answers for all of its release', [aFeed('advisories', { completeFor: ALL_OF_DEBIAN })]],
    ['a feed answers for its source packages', [answering('perl', 'zlib')]],
    ['two feeds answer for them together', [answering('perl'), answering('zlib')]],
  ])('finds none where %s', (_, feeds) => {
    expect(unansweredGaps([...perl, zlib], feeds)).toEqual({ gaps: [], all: false });
  });

  it('names a source package once, with its binary packages', () => {
    expect(unansweredGaps([zlib, ...perl], [answering('zlib')])).toEqual({
      all: false,
      gaps: [
        {
          kind: 'unanswered-package',
          subject: 'Debian:12/perl',
          message:
            'no advisories that are held answer for the source package perl of Debian:12 (libperl5.36, perl, perl-base)',
        },
      ],
    });
  });

  it('names a few binary packages, and counts the rest', () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      aPackage({ name: `perl-${String(index)}`, source: { name: 'perl', version: '1' } }),
    );

    expect(unansweredGaps(many, [answering('zlib')]).gaps[0]?.message).toContain(
      '(perl-0, perl-1, perl-2, perl-3, perl-4 and 4 more)',
    );
  });

  it.each([
    ['another release', aPackage({ ecosystem: 'Debian:13' })],
    ['another distribution', aPackage({ ecosystem: 'Ubuntu:22.04' })],
    ['an operating system that is not known', aPackage({ ecosystem: null })],
  ])('takes no answer for %s', (_, pkg) => {
    const { gaps, all } = unansweredGaps([pkg], [aFeed('advisories', { completeFor: ALL_OF_DEBIAN })]);

    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.subject).toBe(`${pkg.ecosystem ?? 'deb'}/perl`);
    expect(all).toBe(true);
  });

  it('takes no answer from records alone, nor from a feed of another kind', () => {
    const feeds = [aFeed('advisories'), aFeed('cve', { completeFor: ALL_OF_DEBIAN })];

    expect(unansweredGaps(perl, feeds)).toMatchObject({ all: true, gaps: [{ subject: 'Debian:12/perl' }] });
  });

  it('says in one gap that nothing is held', () => {
    expect(unansweredGaps([...perl, zlib], [aFeed('kev')])).toEqual({
      all: true,
      gaps: [
        {
          kind: 'unanswered-package',
          subject: '*',
          message: 'no advisories are held: none of 2 source packages is answered for',
        },
      ],
    });
  });

  it('asks nothing of an image without packages', () => {
    expect(unansweredGaps([], [])).toEqual({ gaps: [], all: false });
  });

  it('accounts for every package, in whatever order they come', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor'), { maxLength: 12 });
    fc.assert(
      fc.property(names, fc.subarray(['a', 'b', 'c', 'd', '__proto__']), (all, answered) => {
        const packages = all.map((name) => aPackage({ name }));
        const { gaps } = unansweredGaps(packages, [answering(...answered)]);
        const open = new Set(all.filter((name) => !answered.includes(name)));
        expect(gaps.map(({ subject }) => subject)).toEqual([...open].map((name) => `Debian:12/${name}`).sort());
        expect(unansweredGaps([...packages].reverse(), [answering(...answered)]).gaps).toEqual(gaps);
      }),
    );
  });
});
