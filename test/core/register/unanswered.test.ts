import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { answersFor } from '../../../lib/core/advisories/feed.ts';
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

  it('takes the claim of an LTS release for the release', () => {
    const packages = ['Ubuntu:22.04', 'Ubuntu:22.04:LTS'].map((ecosystem) => aPackage({ ecosystem }));

    for (const ecosystem of ['Ubuntu:22.04', 'Ubuntu:22.04:LTS']) {
      const feeds = [aFeed('advisories', { completeFor: [{ ecosystem, packages: 'all' }] })];
      expect(unansweredGaps(packages, feeds).gaps).toEqual([]);
    }
    const pro = [aFeed('advisories', { completeFor: [{ ecosystem: 'Ubuntu:Pro:22.04:LTS', packages: 'all' }] })];
    expect(unansweredGaps(packages, pro).all).toBe(true);
  });

  describe('of languages', () => {
    const modules = (ecosystem: string, ...names: readonly string[]) =>
      names.map((name) => aPackage({ name, ecosystem }));
    const npmFor = (packages: 'all' | readonly string[]) =>
      aFeed('advisories', { id: 'osv-npm', completeFor: [{ ecosystem: 'npm', packages }] });

    it('counts the packages of each of which nothing is held in one gap, beside those of the distribution', () => {
      const packages = [...modules('npm', 'left-pad', 'ms', 'qs'), ...modules('Go', 'stdlib'), zlib, ...perl];

      expect(unansweredGaps(packages, [answering('perl')])).toEqual({
        all: false,
        gaps: [
          {
            kind: 'unanswered-package',
            subject: 'Debian:12/zlib',
            message: expect.stringContaining('source package zlib'),
          },
          {
            kind: 'unanswered-ecosystem',
            subject: 'Go',
            message: 'no advisories of Go are held: none of its 1 package here is answered for',
          },
          {
            kind: 'unanswered-ecosystem',
            subject: 'npm',
            message: 'no advisories of npm are held: none of its 3 packages here is answered for',
          },
        ],
      });
    });

    it('names each package that a feed which answers for part of a language does not answer for', () => {
      expect(unansweredGaps(modules('npm', 'left-pad', 'ms'), [npmFor(['ms'])])).toEqual({
        all: false,
        gaps: [
          {
            kind: 'unanswered-package',
            subject: 'npm/left-pad',
            message: 'no advisories that are held answer for the package left-pad of npm',
          },
        ],
      });
    });

    it.each([
      ['all of it', [npmFor('all')], []],
      ['another language', [npmFor('all')], ['unanswered-ecosystem:PyPI']],
      ['records without a claim', [aFeed('advisories', { id: 'osv-pypi' })], ['unanswered-ecosystem:PyPI']],
      ['nothing at all', [], ['unanswered-package:*']],
    ])('takes %s for what it is', (what, feeds, expected) => {
      const { gaps } = unansweredGaps(modules(what === 'all of it' ? 'npm' : 'PyPI', 'six'), feeds);
      expect(gaps.map(({ kind, subject }) => `${kind}:${subject}`)).toEqual(expected);
    });

    it('leaves no package without an answer or a gap, and makes no gap tolerable that a distribution has', () => {
      const ecosystem = fc.constantFrom('npm', 'Go', 'Debian:12', 'Alpine:v3.20', null);
      const pkg = fc.record({ name: fc.constantFrom('a', 'b', '__proto__'), ecosystem }).map(aPackage);
      const claim = fc.record({
        ecosystem: fc.constantFrom('npm', 'Go', 'Debian:12', 'Alpine:v3.20'),
        packages: fc.constantFrom<'all' | readonly string[]>('all', ['a'], ['b']),
      });
      const claims = fc.array(claim, { maxLength: 3 });
      fc.assert(
        fc.property(fc.array(pkg, { maxLength: 10 }), claims, (packages, completeFor) => {
          const feed = aFeed('advisories', { completeFor });
          const { gaps, all } = unansweredGaps(packages, [feed]);
          const named = new Set(gaps.map(({ kind, subject }) => `${kind}:${subject}`));
          const open = packages.filter(({ ecosystem: of, name }) => of === null || !answersFor(feed.feed, of, name));
          for (const { ecosystem: of, name, type } of packages) {
            const isOpen = open.some((one) => one.ecosystem === of && one.name === name);
            const alone = named.has(`unanswered-package:${of ?? type}/${name}`);
            const whole = named.has(`unanswered-ecosystem:${of ?? ''}`);
            expect(alone !== whole && (alone || whole)).toBe(isOpen);
            if (whole) expect(completeFor.map((one) => one.ecosystem)).not.toContain(of);
          }
          for (const { kind, subject } of gaps)
            if (kind === 'unanswered-ecosystem') expect(['npm', 'Go']).toContain(subject);
          expect(all).toBe(packages.length > 0 && open.length === packages.length);
        }),
      );
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
