import { describe, expect, it } from '@jest/globals';

import { MAX_MANIFEST_BYTES, parseManifest } from '../../../lib/core/image/manifest.ts';
import { bytesOf } from './documents.support.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OCI = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';

const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: DIGEST, size: 2 };
const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: DIGEST, size: 3 };
const manifest = { schemaVersion: 2, config, layers: [layer] };
const index = { schemaVersion: 2, manifests: [{ mediaType: OCI, digest: DIGEST, size: 4 }] };

describe('parseManifest', () => {
  it.each([
    ['an OCI manifest', { ...manifest, mediaType: OCI }, undefined, { kind: 'manifest', mediaType: OCI }],
    ['an OCI manifest without a media type', manifest, undefined, { kind: 'manifest', mediaType: OCI }],
    ['a Docker manifest', { ...manifest, mediaType: DOCKER }, DOCKER, { kind: 'manifest', mediaType: DOCKER }],
    ['an OCI index', { ...index, mediaType: OCI_INDEX }, undefined, { kind: 'index', mediaType: OCI_INDEX }],
    ['an OCI index without a media type', index, undefined, { kind: 'index', mediaType: OCI_INDEX }],
    [
      'a Docker manifest list',
      { ...index, mediaType: DOCKER_LIST },
      DOCKER_LIST,
      { kind: 'index', mediaType: DOCKER_LIST },
    ],
    [
      'a media type that only the header says',
      manifest,
      `${DOCKER}; charset=utf-8`,
      { kind: 'manifest', mediaType: DOCKER },
    ],
    ['an image of no layers', { ...manifest, layers: [] }, undefined, { kind: 'manifest', layers: [] }],
    [
      'an image of no layers, as Go writes it',
      { ...manifest, layers: null },
      undefined,
      { kind: 'manifest', layers: [] },
    ],
    [
      'an index of nothing, as Go writes it',
      { ...index, manifests: null },
      undefined,
      { kind: 'index', manifests: [] },
    ],
  ])('reads %s', (_what, value, mediaType, expected) => {
    expect(parseManifest(bytesOf(value), mediaType)).toMatchObject(expected);
  });

  it.each([
    ['what is no JSON', 'no JSON', undefined, 'bad-input'],
    ['what is not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), undefined, 'bad-input'],
    ['a list', [], undefined, 'bad-input'],
    ['nothing', {}, undefined, 'bad-input'],
    ['a manifest that is an index too', { ...manifest, ...index }, undefined, 'bad-input'],
    ['an index with layers of the first schema', { ...index, fsLayers: [] }, undefined, 'bad-input'],
    ['a manifest offered as an index', manifest, OCI_INDEX, 'bad-input'],
    ['an index that calls itself a manifest', { ...index, mediaType: OCI }, undefined, 'bad-input'],
    ['a header that contradicts the document', { ...manifest, mediaType: OCI }, DOCKER, 'bad-input'],
    ['a digest that is a number', { ...manifest, config: { ...config, digest: 1 } }, undefined, 'bad-input'],
    ['a digest that is none', { ...manifest, config: { ...config, digest: 'sha256:x' } }, undefined, 'bad-input'],
    ['a manifest without layers', { schemaVersion: 2, config }, undefined, 'bad-input'],
    ['a media type of two lines', { ...manifest, layers: [{ ...layer, mediaType: 'a\nb' }] }, undefined, 'bad-input'],
    ['a negative size', { ...manifest, layers: [{ ...layer, size: -1 }] }, undefined, 'bad-input'],
    ['another schema', { ...manifest, schemaVersion: 3 }, undefined, 'bad-input'],
    ['more layers than any image has', { ...manifest, layers: Array(1001).fill(layer) }, undefined, 'bad-input'],
    [
      'Docker schema 1',
      { schemaVersion: 1, fsLayers: [] },
      'application/vnd.docker.distribution.manifest.v1+json',
      'unsupported',
    ],
    ['another media type', { ...manifest, mediaType: 'text/plain' }, undefined, 'unsupported'],
    ['more bytes than are read', new Uint8Array(MAX_MANIFEST_BYTES + 1), undefined, 'limit-exceeded'],
  ])('refuses %s', (_what, value, mediaType, code) => {
    expect(() => parseManifest(bytesOf(value), mediaType)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['a media type in capitals and blanks', ` ${OCI.toUpperCase()} ;charset=utf-8`, 'manifest'],
    ['no media type at all', undefined, 'manifest'],
  ])('reads a header of %s', (_what, mediaType, kind) => {
    expect(parseManifest(bytesOf(manifest), mediaType).kind).toBe(kind);
  });

  it.each([
    [{ ...manifest, ...index }, undefined, 'the manifest is a manifest and an index at once'],
    [{ schemaVersion: 2, manifests: [], config }, undefined, 'the manifest is a manifest and an index at once'],
    [{ schemaVersion: 2, manifests: [], layers: [] }, undefined, 'the manifest is a manifest and an index at once'],
    [{ ...manifest, mediaType: OCI }, DOCKER, `the manifest says that it is ${OCI}, and is offered as ${DOCKER}`],
    [manifest, OCI_INDEX, `the manifest is not what its media type (${OCI_INDEX}) says`],
    [manifest, 'text/plain', '"text/plain" is no image manifest that Cavendish reads'],
    [{ ...index, manifests: 1 }, undefined, 'the index is not by its schema at manifests: '],
    ['x', undefined, 'the manifest is not JSON'],
    [{ mediaType: 7 }, undefined, 'the manifest is not by its schema at mediaType: '],
  ])('says why it refuses %j as %s', (value, mediaType, says) => {
    expect(() => parseManifest(bytesOf(value), mediaType)).toThrow(says);
  });

  it('says what images come as, where it is offered something else', () => {
    expect(() => parseManifest(bytesOf(manifest), 'text/plain')).toThrow(
      expect.objectContaining({ next: 'Images come as OCI manifests and indexes, or as Docker schema 2.' }),
    );
  });

  it('names the place where a manifest is wrong', () => {
    const wrong = { ...manifest, layers: [layer, { ...layer, digest: 'md5:1' }] };
    expect(() => parseManifest(bytesOf(wrong))).toThrow(
      'the manifest is not by its schema at layers.1.digest: not a digest',
    );
  });
});
