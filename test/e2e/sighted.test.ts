/** An image for testing that somebody runs in production: judged for production, told, and let go of when it ends. */
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { pushImage } from '../../lib/adapters/oci/push-image.ts';
import { anAppetiteFile } from '../support/appetites.ts';
import { type BuiltImage, index, writeLayout } from '../support/images.ts';
import { aDebianImage } from '../support/placed-work.ts';
import { run, type RunningHome, startHome } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

let folder: TemporaryFolder;
let data: string;
let home: RunningHome;
let built: BuiltImage;
let top: ReturnType<typeof index>;

beforeAll(async () => {
  folder = await temporaryFolder();
  data = `${folder.path}/home`;
  const appetite = `${folder.path}/appetite.yaml`;
  await writeFile(appetite, anAppetiteFile({ production: ['criteria: [{ id: none, says: None., image: "true" }]'] }));
  home = await startHome({ data, appetite });
  built = await aDebianImage();
  top = index([built]);
  await writeLayout(`${folder.path}/layout`, [built], top);
  await pushImage({ address: home.address, repository: 'team/app', tag: '1.0', layout: `${folder.path}/layout` });
  await home.until(({ event }) => event === 'verdict');
});

afterAll(async () => {
  await home.stop();
  await folder.remove();
});

async function tell(...argv: readonly string[]) {
  const ran = await run([...argv, '--data', data]);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  return ran.stdout;
}

async function board() {
  const rows = JSON.parse(await tell('images', '--json')) as readonly Row[];
  return rows.map(({ stage, sighted, verdict, tag }) => `${String(tag)} ${stage} ${String(sighted)} ${verdict}`);
}

interface Row {
  readonly stage: string;
  readonly sighted: boolean;
  readonly verdict: string;
  readonly tag: string | null;
}

describe('an image that runs in production', () => {
  it('is judged for production under its tag, though who runs it names the index, and whoever owns it is told', async () => {
    expect(await board()).toEqual(['1.0 testing false unknown']);

    await tell('sight', `registry.example.com/team/app@${top.digest}`, '--where', 'shop/production');
    await home.until((event) => event.event === 'again' && event.step === 'told');

    expect(await board()).toEqual(['1.0 production true no-go', '1.0 testing false unknown']);
    const shown = await tell('show', 'team/app:1.0');
    expect(shown).toContain('for production (it runs there)');
    expect(shown).toContain('registry.example.com/team/app  runs in shop/production (production)');
    expect(await tell('inbox')).toContain('team/app');
  });

  it('is let go of when it ends', async () => {
    await tell('sight', top.digest, '--where', 'shop/production', '--ended');

    expect(await board()).toEqual(['1.0 testing false unknown']);
    expect(await tell('images', '--all')).toContain('production (sighted)');
    expect(await tell('show', built.manifest.digest)).toContain('this verdict no longer counts');
  });
});
