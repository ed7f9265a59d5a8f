/** The story of a second opinion, by commands alone: a report comes, disagreement turns the verdict, a newer report turns it back. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { SAMPLE } from '../../lib/cli/sample/sample.ts';
import { type Ran, run, startHome } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const NAME = `${SAMPLE.repository}:${SAMPLE.tag}`;
const STAGE = `{ tolerate: [feed-missing, unread-ecosystem], criteria: [{ id: alone, says: Nobody finds a critical alone., image: image.onlyOthers.critical > 0 }] }`;
const APPETITE = `
version: 1
statement: Two scanners see more than one.
unnamed: { stage: production, owner: nobody }
stages: { development: ${STAGE}, testing: ${STAGE}, production: ${STAGE} }
`;

interface Shown {
  readonly verdict: string;
  readonly assessment: string;
  readonly findings: readonly {
    readonly vulnerability: string;
    readonly package: { readonly name: string; readonly version: string };
    readonly alsoFoundBy?: readonly string[];
  }[];
  readonly onlyOthers?: readonly { readonly vulnerability: string; readonly foundBy: readonly string[] }[];
  readonly secondOpinions: readonly {
    readonly scanner: string;
    readonly both: readonly string[];
    readonly onlyOurs: readonly string[];
  }[];
}

let folder: TemporaryFolder;
let data: string;
let appetite: string;
let before: Shown;

/** Does all that is left to do. */
async function settle(sample: boolean): Promise<void> {
  await (
    await startHome({ data, sample, once: true, appetite })
  ).ended;
}

const cavendish = (...argv: readonly string[]): Promise<Ran> => run([...argv, '--data', data]);
const show = async (): Promise<Shown> => JSON.parse((await cavendish('show', NAME, '--json')).stdout) as Shown;

async function report(vulnerabilities: readonly object[], more: object = {}): Promise<string> {
  const file = join(folder.path, 'trivy.json');
  const results = [{ Target: 'debian', Class: 'os-pkgs', Type: 'debian', Vulnerabilities: vulnerabilities }];
  const metadata = { RepoDigests: [`${SAMPLE.repository}@${SAMPLE.digest}`] };
  await writeFile(
    file,
    JSON.stringify({
      SchemaVersion: 2,
      ArtifactType: 'container_image',
      Metadata: metadata,
      Results: results,
      ...more,
    }),
  );
  return file;
}

const found = (vulnerability: string, name: string, version: string) => ({
  ...{ VulnerabilityID: vulnerability, PkgName: name, InstalledVersion: version, Severity: 'CRITICAL' },
});

/** All that we found, of which one is left out, and one thing more. */
const ofOthers = () => {
  const [left] = before.findings;
  const shared = before.findings.filter(({ vulnerability }) => vulnerability !== left?.vulnerability);
  const same = shared.map(({ vulnerability, package: { name, version } }) => found(vulnerability, name, version));
  return {
    missed: left?.vulnerability ?? '',
    same,
    more: found('CVE-2025-99999', left?.package.name ?? '', left?.package.version ?? ''),
  };
};

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  appetite = join(folder.path, 'appetite.yaml');
  await writeFile(appetite, APPETITE);
  await settle(true);
  before = await show();
});

afterAll(async () => {
  await folder.remove();
});

describe('a second opinion', () => {
  it('is taken in, and turns the verdict by what only it found', async () => {
    expect(before).toMatchObject({ verdict: 'go', secondOpinions: [] });
    const { missed, same, more } = ofOthers();
    const taken = await cavendish(
      'import',
      await report([...same, more], { CreatedAt: '2026-11-20T00:00:00Z' }),
      '--image',
      NAME,
    );
    expect(taken).toMatchObject({ code: 0, stdout: expect.stringContaining('kept; it is judged again') });
    expect(taken.stdout).toContain('it names the digest of the image');
    await settle(false);

    const after = await show();
    expect(after).toMatchObject({
      verdict: 'no-go',
      onlyOthers: [{ vulnerability: 'CVE-2025-99999', foundBy: ['trivy'] }],
    });
    for (const { vulnerability, alsoFoundBy } of after.findings) {
      expect(alsoFoundBy).toEqual(vulnerability === missed ? undefined : ['trivy']);
    }
    expect(after.secondOpinions).toMatchObject([{ scanner: 'trivy', onlyOurs: [missed] }]);
    const { stdout } = await cavendish('show', NAME);
    expect(stdout).toContain('Nobody finds a critical alone: image.onlyOthers.critical is 1.');
    expect(stdout).toMatch(/CVE-2025-99999 critical in \S+ \S+: only trivy/u);
    expect(await cavendish('replay', after.assessment)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('identical'),
    });
  });

  it('gives way to a newer report, and never to an older one', async () => {
    const { same, more } = ofOthers();
    const old = await cavendish('import', await report([more], { CreatedAt: '2026-11-01T00:00:00Z' }), '--image', NAME);
    expect(old.stdout).toContain('left out: a newer opinion of the scanner is held');

    await cavendish('import', await report(same, { CreatedAt: '2026-11-21T00:00:00Z' }), '--image', SAMPLE.digest);
    await settle(false);
    expect(await show()).toMatchObject({ verdict: 'go', onlyOthers: [] });
    expect(await cavendish('show', NAME)).toMatchObject({ stdout: expect.stringContaining('found by others too') });
  });

  it('of another image is refused, unless somebody says why it counts', async () => {
    const other = { Metadata: { RepoDigests: [`app@sha256:${'0'.repeat(64)}`] } };
    const refused = await cavendish('import', await report([], other), '--image', NAME);
    expect(refused).toMatchObject({ code: 70, stderr: expect.stringContaining('it names another digest') });

    const forced = await cavendish(
      'import',
      await report([], other),
      '--image',
      NAME,
      '--scanner',
      'another',
      '--force',
      'built twice',
    );
    expect(forced).toMatchObject({ code: 0, stdout: expect.stringContaining('taken all the same: built twice') });
    expect((await cavendish('show', NAME)).stdout).toContain(
      'it is about another image, and taken all the same: built twice',
    );
  });

  it('of an image that is not known, or that can not be read, is refused whole', async () => {
    const unknown = await cavendish('import', await report([]), '--image', 'team/nothing:1');
    expect(unknown).toMatchObject({ code: 70, stderr: expect.stringContaining('push the image first') });

    const broken = await report([found('CVE-2025-99998', 'perl', '5'), { VulnerabilityID: 'CVE-2025-99997' }]);
    const taken = await cavendish('import', broken, '--image', NAME, '--scanner', 'broken');
    expect(taken).toMatchObject({
      code: 70,
      stderr: expect.stringContaining('Results.0.Vulnerabilities.1: "PkgName"'),
    });
    expect((await show()).secondOpinions.map(({ scanner }) => scanner)).not.toContain('broken');
  });
});
