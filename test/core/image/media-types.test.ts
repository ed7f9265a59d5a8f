import { describe, expect, it } from '@jest/globals';

import { isFilesystemLayer, isForeignLayer, layerPacking } from '../../../lib/core/image/media-types.ts';

describe('media types of layers', () => {
  it.each([
    ['application/vnd.oci.image.layer.v1.tar', 'plain', true, false],
    ['application/vnd.oci.image.layer.v1.tar+gzip', 'gzip', true, false],
    ['application/vnd.oci.image.layer.v1.tar+zstd', 'zstd', true, false],
    ['application/vnd.docker.image.rootfs.diff.tar.gzip', 'gzip', true, false],
    ['application/vnd.oci.image.layer.nondistributable.v1.tar+gzip', null, true, true],
    ['application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', null, true, true],
    ['application/vnd.oci.image.layer.v1.tar+gzip+encrypted', null, true, false],
    ['application/vnd.in-toto+json', null, false, false],
    ['__proto__', null, false, false],
  ])('knows %s', (mediaType, packing, filesystem, foreign) => {
    expect([layerPacking(mediaType), isFilesystemLayer(mediaType), isForeignLayer(mediaType)]).toEqual([
      packing,
      filesystem,
      foreign,
    ]);
  });
});
