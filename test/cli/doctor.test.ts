/** The doctor and dead letters on a laptop's home. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openLaptop } from '../../lib/cli/compose/laptop.ts';
import { importSample } from '../../lib/cli/sample/sample.ts';
import type { Check } from '../../lib/pipeline/examine-home/check.ts';
import { anAppetiteFile } from '../support/appetites.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { withoutWork } from '../support/without-work.ts';

const NOW = new Date('2026-11-24T12:00:00Z');

let folder: TemporaryFolder;
let data: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  await laptop((home) => importSample({ ...home, register: withoutWork(home.register) }, NOW));
  await writeFile(join(data, 'appetite.yaml'), anAppetiteFile());
});
afterEach(() => folder.remove());

async function laptop<T>(use: (home: Awaited<ReturnType<typeof openLaptop>>) => Promise<T>): Promise<T> {
  const home = await openLaptop({ data, as: 'beside', now: NOW });
  try {
    return await use(home);
  } finally {
    await home.close();
  }
}

const ask = (...argv: readonly string[]) => run([...argv, '--data', data], { now: () => NOW });

async function ill(): Promise<readonly Check[]> {
  const { stdout } = await ask('doctor', '--json', '--patience', '0');
  return (JSON.parse(stdout) as { readonly checks: readonly Check[] }).checks.filter(({ well }) => !well);
}

describe("the doctor on a laptop's home", () => {
  it('finds it well', async () => {
    const { code, stdout } = await ask('doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ {2}register .*\n✓ {2}evidence .*\n✓ {2}appetite .*\n✓ {2}feeds .*\n✓ {2}outbox /u);
  });

  it('sees stale feeds and work that waits for an up', async () => {
    await writeFile(
      join(data, 'appetite.yaml'),
      anAppetiteFile({ production: ['maxAgeDays: { kev: 7 }', 'criteria: [{ id: ok, says: ok, image: "false" }]'] }),
    );
    await laptop(({ register }) =>
      register.commit({ puts: [], outbox: [{ id: 'w', type: 'image-pushed', body: {} }] }),
    );
    expect(await ill()).toMatchObject([
      { id: 'feeds', says: 'sample-kev is 108 days old; production allows 7 days' },
      {
        id: 'outbox',
        says: expect.stringContaining('1 entry is left over'),
        next: expect.stringContaining('cavendish up'),
      },
    ]);
    expect((await ask('doctor', '--patience', '0')).code).toBe(1);
  });

  it('refuses a patience that is none', async () => {
    expect(await ask('doctor', '--patience', 'long')).toMatchObject({ code: 64 });
  });
});

describe("dead letters of a laptop's home", () => {
  it('are the work that was set aside, and go back into the outbox', async () => {
    await laptop(async ({ register, work }) => {
      await register.commit({ puts: [], outbox: [{ id: 'w', type: 'announce-verdict', body: {} }] });
      const claimed = await work.claim(NOW);
      if (claimed !== null) await work.bury(claimed, 'the disk was on fire');
    });
    expect(await ill()).toMatchObject([{ id: 'outbox', says: expect.stringContaining('the disk was on fire') }]);
    expect((await ask('dead-letters')).stdout).toContain('the disk was on fire');

    const { code, stdout } = await ask('dead-letters', 'redrive', '--id', 'w');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'w: put back into the outbox\n' });
    await laptop(async ({ work }) => expect(await work.claim(NOW)).toMatchObject({ id: 'w', attempt: 1 }));
  });
});
