import { describe, expect, it } from '@jest/globals';

import { type Entry, file, whiteout } from '../../../support/images.ts';
import { ownedByDebian, scanOnDebian } from '../../../support/language-images.ts';

const SITE = 'usr/local/lib/python3.12/site-packages';

function note(path: string, name: string, version: string): Entry {
  return file(`${SITE}/${path}`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nLicense: MIT\n\nText\n`);
}

describe('python', () => {
  it('finds distributions however they were installed', async () => {
    const { packages, gaps } = await scanOnDebian([
      note('Flask_Login-0.6.3.dist-info/METADATA', 'Flask-Login', '0.6.3'),
      file(`${SITE}/Flask_Login-0.6.3.dist-info/RECORD`, 'flask_login/__init__.py,,\n'),
      note('a-1.0-py3.12.egg-info/PKG-INFO', 'a', '1.0'),
      note('b-1.0.egg-info', 'b', '1.0'),
      note('c-1.0-py3.12.egg/EGG-INFO/PKG-INFO', 'c', '1.0'),
      note('mine-0.1.dist-info/METADATA', 'mine', '0.1'),
      file(`${SITE}/mine-0.1.dist-info/direct_url.json`, '{"dir_info":{"editable":true},"url":"file:///app"}'),
      note('pip/_vendor/d-1.0.dist-info/METADATA', 'd', '1.0'),
      note('pip/tests/data/e-1.0.dist-info/METADATA', 'e', '1.0'),
      note('~-1.0.dist-info/METADATA', 'f', '1.0'),
    ]);
    expect(packages).toEqual([
      `pkg:pypi/a@1.0 ${SITE}/a-1.0-py3.12.egg-info/PKG-INFO MIT`,
      `pkg:pypi/b@1.0 ${SITE}/b-1.0.egg-info MIT`,
      `pkg:pypi/c@1.0 ${SITE}/c-1.0-py3.12.egg/EGG-INFO/PKG-INFO MIT`,
      `pkg:pypi/d@1.0 ${SITE}/pip/_vendor/d-1.0.dist-info/METADATA MIT`,
      `pkg:pypi/flask-login@0.6.3 ${SITE}/Flask_Login-0.6.3.dist-info/METADATA MIT`,
      `pkg:pypi/mine@0.1 ${SITE}/mine-0.1.dist-info/METADATA MIT`,
    ]);
    expect(gaps).toEqual([]);
  });

  it('knows a distribution whose metadata were removed', async () => {
    const { packages } = await scanOnDebian(
      [note('a-1.0.dist-info/METADATA', 'A', '1.0'), file(`${SITE}/a-1.0.dist-info/RECORD`)],
      [whiteout(`${SITE}/a-1.0.dist-info/METADATA`)],
    );
    expect(packages).toEqual([`pkg:pypi/a@1.0 ${SITE}/a-1.0.dist-info/RECORD`]);
  });

  it('leaves to Debian what Debian brought, and names archives as a gap', async () => {
    const path = 'usr/lib/python3/dist-packages/six-1.16.0.egg-info';
    const { packages, owned, gaps } = await scanOnDebian([ownedByDebian(path), file(path), file('opt/a-1.egg', 'PK')]);
    expect(packages).toEqual([]);
    expect(owned).toEqual(['pypi six 1.16.0 of pkg:deb/debian/base-files@12?arch=all&distro=debian-12']);
    expect(gaps).toEqual(['Packages of python are present and were not read: opt/a-1.egg.']);
  });

  it('reads no more of metadata than it has to', async () => {
    const long = `Name: a\nVersion: 1\nDescription: x\n${' x\n'.repeat(400_000)}License: MIT\n`;
    const { packages } = await scanOnDebian([file(`${SITE}/a.egg-info/PKG-INFO`, long)]);
    expect(packages).toEqual([`pkg:pypi/a@1 ${SITE}/a.egg-info/PKG-INFO`]);
  });

  it('says what could not be read', async () => {
    const { gaps } = await scanOnDebian([note('a.egg-info/PKG-INFO', 'a', '1 0')]);
    expect(gaps).toEqual([
      `Packages of python are present and were not read: ${SITE}/a.egg-info/PKG-INFO, which could not be read whole: a has a version that is none: "1 0".`,
    ]);
  });
});
