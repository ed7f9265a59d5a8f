import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { FUNCTIONS } from '../../lib/stacks/functions/names.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const BUNDLED = FUNCTIONS.filter((name) => existsSync(join(ROOT, 'functions', name, 'index.ts')));
/** Bytes: the scanner brings more along. */
const MOST = { scan: 5_000_000, others: 1_200_000 };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

function bundleInto(name: string): void {
  const made = spawnSync(process.execPath, ['.ci/bundle-functions.js', join(folder.path, name)], { cwd: ROOT });
  if (made.status !== 0) throw new Error(String(made.stderr));
}

function fileOf(into: string, name: string): string {
  return join(folder.path, into, 'functions', name, 'index.mjs');
}

beforeAll(async () => {
  folder = await temporaryFolder();
  bundleInto('first');
  bundleInto('second');
}, 120_000);

afterAll(async () => {
  await folder.remove();
});

describe.each(BUNDLED)('the bundle of %s', (name) => {
  it('is as small as a cold start wants it', () => {
    expect(statSync(fileOf('first', name)).size).toBeLessThan(name === 'scan' ? MOST.scan : MOST.others);
  });

  it('is the same bytes each time', () => {
    const [first, second] = ['first', 'second'].map((into) =>
      createHash('sha256')
        .update(readFileSync(fileOf(into, name)))
        .digest('hex'),
    );
    expect(first).toBe(second);
  });

  it('names no path of the machine that it was made on', () => {
    expect(readFileSync(fileOf('first', name), 'utf8')).not.toContain(ROOT);
  });
});
