import { describe, expect, it } from '@jest/globals';

import { isNote, isRecord, metadataBeside } from '../../../../lib/scanner/catalogers/python/place.ts';

const SITE = 'usr/local/lib/python3.12/site-packages';

describe('isNote', () => {
  it.each([
    `${SITE}/six-1.16.0.dist-info/METADATA`,
    `${SITE}/six-1.16.0.dist-info/RECORD`,
    `${SITE}/six-1.16.0.egg-info/PKG-INFO`,
    `${SITE}/six-1.16.0.egg-info`,
    `${SITE}/six-1.16.0-py3.9.egg/EGG-INFO/PKG-INFO`,
    `${SITE}/setuptools/_vendor/wheel-0.43.0.dist-info/METADATA`,
    `${SITE}/a/vendor/six-1.16.0.dist-info/METADATA`,
    'usr/lib/python3/dist-packages/six-1.16.0.egg-info',
    'var/task/six-1.16.0.dist-info/METADATA',
    'six-1.16.0.dist-info/METADATA',
    'app/src/mine.egg-info/PKG-INFO',
    'opt/venv/lib/python3.11/site-packages/pip-24.0.dist-info/METADATA',
  ])('is true for %s', (path) => {
    expect(isNote(path)).toBe(true);
  });

  it.each([
    `${SITE}/six.py`,
    `${SITE}/six-1.16.0.dist-info/WHEEL`,
    `${SITE}/six-1.16.0.dist-info/licenses/METADATA`,
    `${SITE}/six-1.16.0.egg`,
    `${SITE}/~ix-1.16.0.dist-info/METADATA`,
    `${SITE}/-ix-1.16.0.dist-info/METADATA`,
    `${SITE}/pkg_resources/tests/data/my-test-package_unpacked-egg/my_test_package-1.0-py3.7.egg/EGG-INFO/PKG-INFO`,
    `${SITE}/a/tests/b-1.dist-info/METADATA`,
    `${SITE}/a/myvendor/b-1.dist-info/METADATA`,
    'app/METADATA',
    'app/PKG-INFO',
    'app/EGG-INFO/PKG-INFO',
  ])('is false for %s', (path) => {
    expect(isNote(path)).toBe(false);
  });
});

describe('isRecord', () => {
  it('parts the list of files from metadata', () => {
    expect(isRecord('a/six-1.dist-info/RECORD')).toBe(true);
    expect(isRecord('a/six-1.dist-info/METADATA')).toBe(false);
    expect(metadataBeside('RECORD/six-1.dist-info/RECORD')).toBe('RECORD/six-1.dist-info/METADATA');
  });
});
