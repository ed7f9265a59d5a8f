import { describe, expect, it } from '@jest/globals';

import { isManifest } from '../../../../lib/scanner/catalogers/npm/place.ts';

describe('isManifest', () => {
  it.each([
    'node_modules/a/package.json',
    'app/node_modules/a/package.json',
    'app/node_modules/@scope/a/package.json',
    'app/node_modules/a/node_modules/b/package.json',
    'app/node_modules/@scope/a/node_modules/@scope/b/package.json',
    'usr/local/lib/node_modules/npm/node_modules/a/package.json',
    'app/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json',
    'app/node_modules/.pnpm/@scope+a@1.0.0_b@2/node_modules/@scope/a/package.json',
    'app/node_modules/.pnpm/node_modules/a/package.json',
    'app/node_modules/.store/a@1.0.0-abc/node_modules/a/package.json',
    'app/node_modules/.store/a-npm-1.0.0-abc/package/package.json',
    'usr/share/nodejs/a/package.json',
    'usr/share/nodejs/@scope/a/package.json',
    'usr/share/nodejs/a/node_modules/b/package.json',
    'usr/lib/nodejs/a/package.json',
    'usr/lib/x86_64-linux-gnu/nodejs/a/package.json',
  ])('is true for %s', (path) => {
    expect(isManifest(path)).toBe(true);
  });

  it.each([
    'package.json',
    'app/package.json',
    'app/my_node_modules/a/package.json',
    'app/node_modules/package.json',
    'app/node_modules/@scope/package.json',
    'app/node_modules/.bin/package.json',
    'app/node_modules/.cache/a/package.json',
    'app/node_modules/a/esm/package.json',
    'app/node_modules/a/package.json.bak',
    'app/node_modules/a/package.json/x',
    'app/node_modules/a/test/package.json',
    'app/node_modules/a/test/node_modules/b/package.json',
    'app/node_modules/a/test/fixtures/node_modules/b/package.json',
    'app/node_modules/a/node_modules/b/test/node_modules/c/package.json',
    'app/node_modules/a/dist/package/package.json',
    'usr/share/nodejs/a/lib/package.json',
    'usr/share/nodejs/a/test/node_modules/b/package.json',
    'opt/usr/share/nodejs/a/package.json',
    'app/nodejs/a/package.json',
  ])('is false for %s', (path) => {
    expect(isManifest(path)).toBe(false);
  });

  it('answers at once for a path of folders without an end', () => {
    expect(isManifest(`${'node_modules/a/'.repeat(300)}package.json`)).toBe(true);
    expect(isManifest(`node_modules/${'a/'.repeat(2000)}package.json`)).toBe(false);
  });
});
