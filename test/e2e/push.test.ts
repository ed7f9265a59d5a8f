import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { pushImage } from '../../lib/adapters/oci/push-image.ts';
import { SAMPLE } from '../../lib/cli/sample/sample.ts';
import { type DebianPackage, dpkgStatus, osRelease } from '../support/debian.ts';
import { type Blob, type BuiltImage, file, image, index, jsonBlob, layer, writeLayout } from '../support/images.ts';
import { run, type RunningHome, startHome } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

let folder: TemporaryFolder;
let data: string;
let home: RunningHome;
let layouts = 0;

beforeEach(async () => {
  folder = await temporaryFolder();
  data = `${folder.path}/home`;
  // The sample's feeds answer for the source packages of its image: perl among them.
  const first = await startHome({ data, sample: true, once: true });
  await first.ended;
  home = await startHome({ data });
});

afterEach(async () => {
  await home.stop();
  await folder.remove();
});

const PERL: DebianPackage = { name: 'perl-base', version: '5.36.0-7+deb12u3', source: 'perl' };

async function debian(packages: readonly DebianPackage[], extra = '', options = {}): Promise<BuiltImage> {
  const entries = [
    file('etc/os-release', osRelease()),
    file('var/lib/dpkg/status', dpkgStatus(packages)),
    file('srv/build', extra),
  ];
  return image([await layer(entries)], options);
}

async function push(tag: string, images: readonly BuiltImage[], top?: Blob, repository = 'team/app'): Promise<void> {
  layouts += 1;
  const layout = `${folder.path}/layout-${String(layouts)}`;
  await writeLayout(layout, images, top);
  await pushImage({ address: home.address, repository, tag, layout });
}

async function verdict(of: BuiltImage) {
  const event = await home.until(
    (each) => each.event === 'verdict' && each.assessment.image.digest === of.manifest.digest,
  );
  if (event.event !== 'verdict') throw new TypeError('no verdict');
  return event;
}

async function noticesOf(repository: string): Promise<number> {
  const { stdout } = await run(['inbox', '--json', '--data', data]);
  const notices = JSON.parse(stdout) as readonly { readonly subject: string }[];
  return notices.filter(({ subject }) => subject.includes(repository)).length;
}

describe('a push', () => {
  it('is judged as of now, for the default stage, and told once', async () => {
    const built = await debian([PERL]);
    const before = new Date().toISOString();
    await push('1.0', [built]);

    const { assessment, announced } = await verdict(built);
    expect(announced).toBe(true);
    expect(assessment).toMatchObject({ verdict: 'no-go', stage: 'production', stageFrom: 'default', asset: null });
    expect(assessment.at >= before).toBe(true);
    await home.until((event) => event.event === 'notice' && event.notice.subject.includes('team/app:1.0'));
    expect(await noticesOf('team/app')).toBe(1);
  });

  it('of the same image again, and of a rebuilt one with the same breaches, is no news', async () => {
    const built = await debian([PERL]);
    await push('1.0', [built]);
    await verdict(built);
    await push('1.0', [built]);
    await home.until(({ event }) => event === 'unchanged');

    const rebuilt = await debian([PERL], 'built again');
    await push('1.0', [rebuilt]);
    expect(await verdict(rebuilt)).toMatchObject({ announced: false });
    expect(await noticesOf('team/app')).toBe(1);
  });

  it('of an image whose outcome differs is news', async () => {
    const built = await debian([PERL]);
    await push('1.0', [built]);
    await verdict(built);
    const fixed = await debian([{ ...PERL, version: '5.36.0-7+deb12u4' }]);
    await push('1.0', [fixed]);

    expect(await verdict(fixed)).toMatchObject({ announced: true, assessment: { findings: [], verdict: 'unknown' } });
  });

  it('of an index judges the image of each platform, and neither attestations nor their parts apart', async () => {
    const amd = await debian([PERL]);
    const arm = await debian([PERL], 'arm', { platform: { os: 'linux', architecture: 'arm64' } });
    const attestation = image([await layer([file('in-toto', '{}')])], {
      platform: { os: 'unknown', architecture: 'unknown' },
    });
    await push('multi', [amd, arm, attestation], index([amd, arm, attestation]));

    await Promise.all([verdict(amd), verdict(arm)]);
    // The images were pushed by digest before the index: they wait, and find that it lists them.
    await home.until(
      ({ event }) => event === 'push' && home.events.filter((each) => each.event === 'push').length === 4,
    );
    expect(home.events.filter(({ event }) => event === 'verdict')).toHaveLength(2);
    expect(await noticesOf('team/app')).toBe(2);
  });

  it('of an artifact that is no image judges nothing', async () => {
    const sbom = image([], {
      manifest: {
        artifactType: 'application/vnd.cyclonedx+json',
        config: { ...described(jsonBlob('application/vnd.oci.empty.v1+json', {})) },
      },
    });
    const empty = jsonBlob('application/vnd.oci.empty.v1+json', {});
    await push('sbom', [{ ...sbom, config: empty }]);

    const event = await home.until((each) => each.event === 'push' && each.tag === 'sbom');
    expect(event).toMatchObject({ images: 0, skipped: [expect.any(String)] });
  });

  it('of an image with a package that nobody answers for is unknown, naming it', async () => {
    const built = await debian([PERL, { name: 'left-pad', version: '1.0' }]);
    await push('1.0', [built], undefined, 'sample/other');

    const { assessment } = await verdict(built);
    expect(assessment.gaps).toContainEqual(
      expect.objectContaining({ kind: 'unanswered-package', subject: 'Debian:12/left-pad', tolerated: false }),
    );
  });

  it('of a broken layer is judged unknown, with the cause, and told', async () => {
    const built = await debian([PERL]);
    const torn = {
      ...built,
      config: jsonBlob(built.config.mediaType, {
        ...JSON.parse(built.config.bytes.toString()),
        rootfs: { type: 'layers', diff_ids: [`sha256:${'0'.repeat(64)}`] },
      }),
    };
    const manifest = jsonBlob(built.manifest.mediaType, {
      ...JSON.parse(built.manifest.bytes.toString()),
      config: described(torn.config),
    });
    await push('torn', [{ ...torn, manifest }]);

    const { assessment, announced } = await verdict({ ...torn, manifest });
    expect(announced).toBe(true);
    expect(assessment).toMatchObject({
      verdict: 'unknown',
      score: { open: null },
      gaps: expect.arrayContaining([expect.objectContaining({ kind: 'unreadable-image' })]),
    });
  });
});

function described({ mediaType, digest, bytes }: Blob) {
  return { mediaType, digest, size: bytes.length };
}

describe('the sample', () => {
  it('is judged as of its date; the same image pushed elsewhere as of now', async () => {
    await pushImage({ address: home.address, repository: 'team/copy', tag: '1', layout: SAMPLE.layout });

    const event = await home.until(({ event: name }) => name === 'verdict');
    expect(event).toMatchObject({ assessment: { at: expect.not.stringContaining('2026-11-23T00:00:00.000Z') } });
  });
});
