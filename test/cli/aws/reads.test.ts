/** What the laptop's commands answer on a home on AWS. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { sentNoticeKey } from '../../../lib/core/notices/sent-notice.ts';
import { boardKey, currentKey } from '../../../lib/core/register/keys.ts';
import { importFeeds } from '../../../lib/pipeline/feeds/import-feeds.ts';
import { storedIntelligence } from '../../../lib/pipeline/feeds/stored-intelligence.ts';
import { judgePlacement } from '../../../lib/pipeline/judge-placement/judge-placement.ts';
import type { Body } from '../../../lib/pipeline/ports/register-store.ts';
import type { RegistryScan } from '../../../lib/pipeline/ports/registry-scan.ts';
import { takeOpinion } from '../../../lib/pipeline/second-opinion/take-opinion.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { type AwsTestHome, startAwsHome } from '../../support/aws-home.ts';
import { about, AT } from '../../support/feed-home.ts';
import { advisory, aSource } from '../../support/feed-parts.ts';
import type { BuiltImage } from '../../support/images.ts';
import { aDebianImage, aPlacedHome, aPlacement } from '../../support/placed-work.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';

let home: AwsTestHome;
let built: BuiltImage;
let assessment: string;
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
  home = await startAwsHome(AT);
  built = await aDebianImage();
  const { register, evidence } = home;
  const parts = [advisory(about('DSA-1', '2026-08-01T00:00:00.000Z', 'perl'))];
  await importFeeds({ sources: aSource(parts), at: AT }, { register, evidence });
  const text = anAppetiteFile();
  home.s3.objects.set('/assets/appetite.yaml', { bytes: Buffer.from(text), checksum: undefined });
  const appetite = {
    hash: await evidence.put(new TextEncoder().encode(text)),
    source: 'a test',
    value: parseAppetite(text, 'a test'),
  };
  const { judging } = await aPlacedHome(built);
  const job = {
    placement: aPlacement(built),
    platform: { os: 'linux', architecture: 'amd64' },
    tag: '1.0',
    asOf: null,
  };
  const work = { id: 'w', type: 'judge-placement', body: job, at: AT.toISOString(), attempt: 1, lapsed: 0 };
  const stores = { register, evidence, intelligence: storedIntelligence(register, evidence), appetite };
  const [judged] = await judgePlacement(work, { ...judging, ...stores });
  assessment = judged?.id ?? '';
});

afterAll(async () => {
  await home.close();
  await folder.remove();
});
beforeEach(() => home.reset());

describe('a home on AWS', () => {
  it('shows its board', async () => {
    const { code, stdout } = await home.run('images');
    expect(code).toBe(0);
    expect(stdout).toContain('team/app:1.0');

    const [row] = JSON.parse((await home.run('images', '--json')).stdout) as object[];
    expect(row).toMatchObject({ placement: aPlacement(built), tag: '1.0', assessment });
  });

  it('shows one image with its findings and its history', async () => {
    const { code, stdout } = await home.run('show', 'team/app:1.0', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      assessment,
      findings: [expect.objectContaining({ vulnerability: 'DSA-1' })],
      history: [{ at: AT.toISOString(), assessment }],
    });
    expect((await home.run('show', built.manifest.digest)).stdout).toContain('DSA-1');
  });

  it('explains why an image has a vulnerability, from its evidence', async () => {
    const { code, stdout } = await home.run('explain', 'team/app:1.0', 'DSA-1', '--package', 'perl', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ assessment, outcome: 'affected', vulnerability: 'DSA-1' },
      subjects: [{ name: 'perl', records: [{ id: 'DSA-1', outcome: 'affected' }] }],
      findings: [{ package: { name: 'perl' } }],
    });
    expect((await home.run('explain', 'team/app:1.0', 'CVE-2026-0404')).stdout).toContain('no advisory that was read');
  });

  it('shows the family of an image, and what people called a base', async () => {
    expect((await home.run('lineage', 'team/app:1.0')).stdout).toMatch(/^team\/app:1\.0 .* <- this image$/mu);
    expect((await home.run('lineage', 'export', '--format', 'dot')).stdout).toContain(built.manifest.digest);
    home.s3.objects.set('/assets/appetite.yaml', { bytes: Buffer.from(anAppetiteFile()), checksum: undefined });
    expect((await home.run('lineage', 'bases')).stdout).toContain('No image here is built on another one');
    expect((await home.run('base', 'list')).stdout).toContain('No image is called a base yet');
  });

  it('shows where an image runs', async () => {
    await home.run('sight', 'team/app:1.0', '--where', 'shop/production');

    expect((await home.run('images')).stdout).toMatch(/team\/app:1\.0 .* shop\/production /u);
    const shown = (await home.run('show', 'team/app:1.0')).stdout;
    expect(shown).toContain('team/app:1.0  runs in shop/production (production) since');
    const [row] = JSON.parse((await home.run('images', '--json')).stdout) as object[];
    expect(row).toMatchObject({ runsIn: [{ where: 'shop/production', environment: 'production' }] });

    await home.run('sight', 'team/app:1.0', '--where', 'shop/production', '--ended');
    expect((await home.run('images')).stdout).not.toContain('shop/production');
  });

  it('replays an assessment to the same bytes', async () => {
    const { code, stdout } = await home.run('replay', assessment.slice(0, 20));
    expect(code).toBe(0);
    expect(stdout).toContain(`identical  ${assessment}`);
    await home.run('show', 'team/app:1.0');
    // Nothing of the table and the bucket: the function has the rights on them.
    expect(home.actions()).toEqual(['cloudformation:DescribeStacks']);
  });

  it('lists its feeds', async () => {
    expect(JSON.parse((await home.run('feeds', '--json')).stdout)).toMatchObject([{ kind: 'advisories', count: 1 }]);
  });

  it('lists the notices that were sent of late, or since an instant', async () => {
    const at = (day: string) => `${day}T00:00:00.000Z`;
    for (const day of ['2026-05-01', '2026-11-20']) {
      const body = { at: at(day), to: 'shop', subject: `of ${day}`, kind: 'verdict-changed', messageId: `sns-${day}` };
      const item = { ...sentNoticeKey(at(day), 'n', 'shop'), body: { ...body, assessment: null } };
      await home.table.seed({ puts: [{ item, when: 'absent' }] });
    }
    const late = await home.run('inbox');
    expect(late.stdout).toContain('sns-2026-11-20');
    expect(late.stdout).not.toContain('sns-2026-05-01');
    expect(late.stdout).toContain('older ones: cavendish inbox --since DATE');
    const all = JSON.parse((await home.run('inbox', '--since', '2026-05-01', '--json')).stdout) as object[];
    expect(all).toMatchObject([{ messageId: 'sns-2026-05-01' }, { messageId: 'sns-2026-11-20', to: 'shop' }]);
  });

  it('shows the appetite that was deployed with it', async () => {
    const text = anAppetiteFile();
    home.s3.objects.set('/assets/appetite.yaml', { bytes: Buffer.from(text), checksum: undefined });
    expect((await home.run('appetite', 'show', '--text')).stdout).toBe(text);
    home.s3.objects.set('/assets/appetite.yaml', {
      bytes: Buffer.from('version: 1\nstatment: x\n'),
      checksum: undefined,
    });
    const { code, stderr } = await home.run('appetite', 'check');
    expect(code).toBe(70);
    expect(stderr).toContain('s3://assets/appetite.yaml:2');
    home.s3.objects.set('/assets/appetite.yaml', { bytes: Buffer.from(text), checksum: undefined });
  });

  it('finds an image by the address that docker pull takes', async () => {
    const host = '111122223333.dkr.ecr.eu-central-1.amazonaws.com';
    expect((await home.run('show', `${host}/team/app:1.0`)).code).toBe(0);
    expect((await home.run('show', `444455556666${host.slice(12)}/team/app:1.0`)).code).toBe(70);
  });

  it('shows what the scanner of the registry says, beside the verdict', async () => {
    const found = { vulnerability: 'CVE-2026-1', severity: 'high', package: 'perl', version: '5.36.0-7' };
    const scan: RegistryScan = {
      scanner: 'ecr-basic',
      state: 'complete',
      said: 'COMPLETE',
      completedAt: '2026-11-23T00:00:00.000Z',
      findings: [found, { ...found, vulnerability: 'DSA-1', severity: 'critical' }],
    };
    const given = { register: home.register, evidence: home.evidence, scans: { read: () => Promise.resolve(scan) } };
    await takeOpinion(aPlacement(built), given);

    const { stdout } = await home.run('show', 'team/app:1.0');
    expect(stdout).toContain('ecr-basic  of 2026-11-23T00:00Z: 1 critical, 1 high');
    expect(stdout).toContain('1 vulnerability found by both');
    expect(stdout).toContain('only by ecr-basic: CVE-2026-1');
    const document: unknown = JSON.parse((await home.run('show', 'team/app:1.0', '--json')).stdout);
    expect(document).toMatchObject({
      gone: null,
      secondOpinions: [{ both: ['DSA-1'], onlyTheirs: ['CVE-2026-1'], onlyOurs: [] }],
    });
  });

  it('takes the report of another scanner, and refuses one of another image', async () => {
    const found = { VulnerabilityID: 'CVE-2026-0001', PkgName: 'perl', InstalledVersion: '5.36.0-7', Severity: 'LOW' };
    const results = [{ Class: 'os-pkgs', Type: 'debian', Vulnerabilities: [found] }];
    const reportOf = async (digest: string): Promise<string> => {
      const file = join(folder.path, 'trivy.json');
      await writeFile(
        file,
        JSON.stringify({ SchemaVersion: 2, Metadata: { RepoDigests: [`app@${digest}`] }, Results: results }),
      );
      return file;
    };

    const refused = await home.run('import', await reportOf(`sha256:${'0'.repeat(64)}`), '--image', 'team/app:1.0');
    expect(refused).toMatchObject({ code: 70, stderr: expect.stringContaining('it names another digest') });
    const taken = await home.run('import', await reportOf(built.manifest.digest), '--image', 'team/app:1.0');
    expect(taken).toMatchObject({ code: 0, stdout: expect.stringContaining('kept; it is judged again') });
    const { stdout } = await home.run('show', 'team/app:1.0');
    expect(stdout).toContain('by Olive Operator; it names the digest of the image');
  });

  it('keeps an image that was deleted off the board, and shows it when asked', async () => {
    const key = currentKey(aPlacement(built), 'testing');
    const stored = await home.register.get(key);
    if (stored === null) throw new Error('it was not judged for testing');
    const body = { ...stored.body, gone: { at: AT.toISOString(), why: 'deleted' } };
    const listed = boardKey(null, aPlacement(built), 'linux/amd64', 'testing');
    const put = (item: Body) => ({
      item: { ...key, body: item, indexes: { board: listed } },
      when: { version: stored.version },
    });
    await home.table.seed({ puts: [put(body)] });

    expect((await home.run('images')).stdout).toContain('Nothing has been judged yet');
    expect((await home.run('images', '--all')).stdout).toContain('team/app:1.0 (deleted)');
    expect((await home.run('show', built.manifest.digest)).stdout).toContain('no longer gives it out: deleted');
  });

  it('says which output of the stack is missing', async () => {
    delete home.outputs['ApiUrl'];
    const { code, stdout, stderr } = await home.run('images');
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toContain('has no output ApiUrl');
    expect(stderr).toContain('Deploy it again');
  });

  it('says which action is refused', async () => {
    home.s3.fail((_, response) => {
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end('<Error><Code>AccessDenied</Code><Message>no</Message></Error>');
      return true;
    });
    const { code, stderr } = await home.run('show', built.manifest.digest);
    expect(code).toBe(70);
    expect(stderr).toContain('s3:GetObject');
  });
});
