import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { file } from '../../../support/images.ts';
import { ownedByDebian, scanOnDebian } from '../../../support/language-images.ts';

const rss = readFileSync(join(import.meta.dirname, '../../../fixtures/scanner/ruby/rss-0.2.9.gemspec'));
const HOME = 'usr/local/bundle/specifications';
const GEMS = 'usr/lib/ruby/gems/3.1.0/specifications/default';

describe('ruby', () => {
  it('finds gems by what was written when they were installed', async () => {
    const { packages, owned, gaps } = await scanOnDebian([
      ownedByDebian(`${GEMS}/json-2.6.1.gemspec`),
      file(`${HOME}/rss-0.2.9.gemspec`, rss),
      file(`${HOME}/nokogiri-1.16.0-x86_64-linux.gemspec`, '# stub: nokogiri 1.16.0 x86_64-linux lib\n'),
      file(`${GEMS}/rake-13.0.6.gemspec`, 'raise "not run"'),
      file(`${GEMS}/json-2.6.1.gemspec`),
      file('usr/local/bundle/gems/rss-0.2.9/rss.gemspec', 'Gem::Specification.new'),
    ]);
    expect(packages).toEqual([
      `pkg:gem/nokogiri@1.16.0 ${HOME}/nokogiri-1.16.0-x86_64-linux.gemspec`,
      `pkg:gem/rake@13.0.6 ${GEMS}/rake-13.0.6.gemspec`,
      `pkg:gem/rss@0.2.9 ${HOME}/rss-0.2.9.gemspec BSD-2-Clause`,
    ]);
    expect(owned).toEqual(['gem json 2.6.1 of pkg:deb/debian/base-files@12?arch=all&distro=debian-12']);
    expect(gaps).toEqual([]);
  });

  it('says what could not be read', async () => {
    const { gaps } = await scanOnDebian([file(`${HOME}/x.gemspec`, 's.name = "x"\ns.version = X::VERSION\n')]);
    expect(gaps).toEqual([
      `Packages of ruby are present and were not read: ${HOME}/x.gemspec, which could not be read whole: x has no version.`,
    ]);
  });
});
