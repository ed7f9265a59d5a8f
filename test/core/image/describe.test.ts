import { describe, expect, it } from '@jest/globals';

import { type ImageConfig, parseConfig } from '../../../lib/core/image/config.ts';
import { describeImage, notAnImage, notAnImageByDescriptor } from '../../../lib/core/image/describe.ts';
import type { Digest } from '../../../lib/core/image/digest.ts';
import type { ImageManifest } from '../../../lib/core/image/manifest.ts';
import { bytesOf } from './documents.support.ts';

const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json';
const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar+gzip';

function digest(digit: string): Digest {
  return `sha256:${digit.repeat(64)}`;
}

function manifest(layers: readonly string[], configType = CONFIG_TYPE, artifactType?: string): ImageManifest {
  return {
    kind: 'manifest',
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: configType, digest: digest('c'), size: 1 },
    layers: layers.map((mediaType, at) => ({ mediaType, digest: digest(`${at}`), size: at })),
    ...(artifactType !== undefined && { artifactType }),
  };
}

function config(members: Partial<Record<keyof ImageConfig, unknown>>): ImageConfig {
  const base = { os: 'linux', architecture: 'arm', rootfs: { type: 'layers', diff_ids: [digest('a'), digest('b')] } };
  return parseConfig(bytesOf({ ...base, ...members }));
}

function said(name: string, ofBase: string): Record<string, string> {
  return { 'org.opencontainers.image.base.name': name, 'org.opencontainers.image.base.digest': ofBase };
}

describe('describeImage', () => {
  it('joins layers, diff IDs and the instructions that made them', () => {
    const history = [
      { created_by: 'ADD rootfs' },
      { created_by: 'ENV A=b', empty_layer: true },
      { created_by: 'RUN x' },
    ];
    const described = describeImage(manifest([LAYER_TYPE, LAYER_TYPE]), config({ history, variant: 'v7' }));

    expect(described).toEqual({
      platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
      created: null,
      base: { name: null, digest: null },
      layers: [
        { digest: digest('0'), size: 0, mediaType: LAYER_TYPE, diffId: digest('a'), createdBy: 'ADD rootfs' },
        { digest: digest('1'), size: 1, mediaType: LAYER_TYPE, diffId: digest('b'), createdBy: 'RUN x' },
      ],
    });
  });

  it.each([
    ['annotations of the manifest', { annotations: said('debian:12', digest('e')) }, {}, 'debian:12', digest('e')],
    ['labels of the configuration', {}, { Labels: said('debian:12', digest('e')) }, 'debian:12', digest('e')],
    ['both: the manifest counts', { annotations: said('a', '') }, { Labels: said('b', digest('e')) }, 'a', null],
    ['neither', {}, { Labels: null }, null, null],
    ['labels that are none', {}, { Labels: [1] }, null, null],
    ['a digest that is none, a name with a control', {}, { Labels: said('a\u001b', 'sha256:1') }, 'a\ufffd', null],
    ['a name as long as a book', {}, { Labels: said('a'.repeat(513), '') }, null, null],
  ])('knows what the image says of its base by %s', (_, ofManifest, ofConfig, name, ofBase) => {
    const { base } = describeImage(
      { ...manifest([LAYER_TYPE, LAYER_TYPE]), ...ofManifest },
      config({ config: ofConfig }),
    );

    expect(base).toEqual({ name, digest: ofBase });
  });

  it('writes an instruction on one line, without what could move a cursor', () => {
    const history = [{ created_by: 'RUN <<EOF\n\techo \u001b[2J\nEOF' }, { created_by: 'x'.repeat(9000) }];
    const { layers } = describeImage(manifest([LAYER_TYPE, LAYER_TYPE]), config({ history }));
    expect(layers.map(({ createdBy }) => createdBy)).toEqual(['RUN <<EOF echo \ufffd[2J EOF', 'x'.repeat(4096)]);
  });

  it.each([
    ['', { os: 'unknown', architecture: 'arm' }],
    ['linux', { os: 'linux', architecture: 'arm' }],
  ])('knows the operating system %j', (os, platform) => {
    expect(describeImage(manifest([LAYER_TYPE, LAYER_TYPE]), config({ os })).platform).toEqual(platform);
  });

  it('refuses a platform of two lines', () => {
    expect(() => config({ os: 'linux\nX-Mail: 1' })).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('names no instructions where the history does not fit the layers', () => {
    const { layers } = describeImage(
      manifest([LAYER_TYPE, LAYER_TYPE]),
      config({ history: [{ created_by: 'ADD rootfs' }] }),
    );
    expect(layers.map(({ createdBy }) => createdBy)).toEqual([null, null]);
  });

  it.each([
    ['2020-01-23T16:53:06.686519038Z', '2020-01-23T16:53:06.686Z'],
    ['2020-01-23T18:53:06+02:00', '2020-01-23T16:53:06.000Z'],
    ['yesterday', null],
    [null, null],
    [undefined, null],
  ])('reads the date %j as %j', (created, expected) => {
    expect(describeImage(manifest([LAYER_TYPE, LAYER_TYPE]), config({ created })).created).toBe(expected);
  });

  it('takes an empty instruction, and one that is left out, for none', () => {
    const history = [{ created_by: '' }, {}];
    const { layers } = describeImage(manifest([LAYER_TYPE, LAYER_TYPE]), config({ history, variant: '' }));
    expect(layers.map(({ createdBy }) => createdBy)).toEqual([null, null]);
  });

  it('knows no variant where it is empty', () => {
    const { platform } = describeImage(manifest([LAYER_TYPE, LAYER_TYPE]), config({ variant: '' }));
    expect(platform).toEqual({ os: 'linux', architecture: 'arm' });
  });

  it('refuses a diff ID that is none', () => {
    for (const diff of [7, null, 'x', 'sha256:x']) {
      expect(() => config({ rootfs: { type: 'layers', diff_ids: [diff] } })).toThrow(/not a digest/u);
    }
    expect(() => parseConfig(bytesOf('x'))).toThrow('the image configuration is not JSON');
  });

  it('takes no diff IDs for none', () => {
    expect(describeImage(manifest([]), config({ rootfs: { type: 'layers', diff_ids: null } })).layers).toEqual([]);
  });

  it('refuses a manifest and a configuration that do not have the same layers', () => {
    expect(() => describeImage(manifest([LAYER_TYPE]), config({}))).toThrow(
      expect.objectContaining({ code: 'integrity-failed', message: 'the manifest has 1 layers, its configuration 2' }),
    );
  });
});

describe('notAnImage', () => {
  it.each([
    ['an image', manifest([LAYER_TYPE]), null],
    ['an image of no layers', manifest([]), null],
    ['an image that calls itself an artifact', manifest([LAYER_TYPE], CONFIG_TYPE, 'application/x'), null],
    ['an image with a layer that nobody knows', manifest([LAYER_TYPE, 'application/x']), null],
    ['an image of foreign layers', manifest(['application/vnd.docker.image.rootfs.foreign.diff.tar.gzip']), null],
    [
      'a chart',
      manifest(['application/x'], 'application/vnd.cncf.helm.config.v1+json'),
      'an artifact of type application/vnd.cncf.helm.config.v1+json',
    ],
    [
      'an SBOM',
      manifest(['text/spdx+json'], 'application/vnd.oci.empty.v1+json', 'text/spdx+json'),
      'an artifact of type text/spdx+json',
    ],
    [
      'a signature in the form of an image',
      manifest(['application/vnd.dev.cosign.simplesigning.v1+json']),
      'an artifact of type application/vnd.dev.cosign.simplesigning.v1+json',
    ],
    [
      'an attestation in the form of an image',
      manifest(['application/vnd.in-toto+json']),
      'an artifact of type application/vnd.in-toto+json',
    ],
  ])('knows %s', (_what, of, expected) => {
    expect(notAnImage(of)).toBe(expected);
  });
});

describe('notAnImageByDescriptor', () => {
  const entry = { mediaType: 'm', digest: digest('d'), size: 1 };
  const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' };

  it.each([
    [
      'an attestation',
      { ...entry, platform: { os: 'unknown', architecture: 'unknown' }, annotations },
      'attestation-manifest of another image',
    ],
    [
      'an unknown platform',
      { ...entry, platform: { os: 'unknown', architecture: 'unknown' } },
      'no image: its platform is unknown/unknown',
    ],
    ['an image', { ...entry, platform: { os: 'linux', architecture: 'amd64' } }, null],
    ['an image without a platform', entry, null],
    ['an image of an unknown architecture', { ...entry, platform: { os: 'linux', architecture: 'unknown' } }, null],
    ['an image of an unknown system', { ...entry, platform: { os: 'unknown', architecture: 'arm' } }, null],
    [
      'an image that says it attests, and that clients would pull',
      { ...entry, platform: { os: 'linux', architecture: 'amd64' }, annotations },
      null,
    ],
  ])('knows %s', (_what, of, expected) => {
    expect(notAnImageByDescriptor(of)).toBe(expected);
  });
});
