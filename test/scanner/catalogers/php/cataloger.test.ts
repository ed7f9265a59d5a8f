import { describe, expect, it } from '@jest/globals';

import { jsonFile, scanOnDebian } from '../../../support/language-images.ts';

describe('php', () => {
  it('finds what Composer installed', async () => {
    const { packages, gaps } = await scanOnDebian([
      jsonFile('app/composer.json', { name: 'me/app' }),
      jsonFile('app/vendor/composer/installed.json', {
        packages: [{ name: 'symfony/http-kernel', version: 'v5.4.0', license: ['MIT'] }],
        dev: false,
      }),
      jsonFile('old/vendor/composer/installed.json', [{ name: 'monolog/monolog', version: '1.0.0' }]),
    ]);
    expect(packages).toEqual([
      'pkg:composer/monolog/monolog@1.0.0 old/vendor/composer/installed.json',
      'pkg:composer/symfony/http-kernel@5.4.0 app/vendor/composer/installed.json MIT',
    ]);
    expect(gaps).toEqual([]);
  });

  it('says what could not be read, and how much more', async () => {
    const path = 'app/vendor/composer/installed.json';
    const { packages, gaps } = await scanOnDebian([jsonFile(path, [{}, { name: 'a/b', version: '1' }, { name: 'a' }])]);
    expect(packages).toHaveLength(1);
    expect(gaps).toEqual([
      `The package database ${path} could not be read whole: a package without a name, and 1 more.`,
    ]);
  });
});
