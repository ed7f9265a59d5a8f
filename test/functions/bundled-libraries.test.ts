import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';

import { temporaryFolder } from '../support/temporary-folder.ts';
import { rated, VECTORS } from './processes/rated/index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NAME = '../test/functions/processes/rated';

describe('a bundle', () => {
  it('rates as the sources do: libraries are imported there as Node imports them', async () => {
    const folder = await temporaryFolder();
    try {
      const script = join(ROOT, '.ci', 'bundle-functions.js');
      expect(spawnSync(process.execPath, [script, folder.path, NAME], { encoding: 'utf8' })).toMatchObject({
        status: 0,
      });
      const url = pathToFileURL(join(folder.path, 'functions', NAME, 'index.mjs')).href;
      const run = `console.log((await import(${JSON.stringify(url)})).rated())`;
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', run], { encoding: 'utf8' });

      expect(JSON.parse(stdout)).toHaveLength(VECTORS.length);
      expect(stdout.trim()).toBe(rated());
      expect(stdout).not.toContain('null');
    } finally {
      await folder.remove();
    }
  });
});
