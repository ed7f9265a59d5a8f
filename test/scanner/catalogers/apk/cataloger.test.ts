import { describe, expect, it } from '@jest/globals';

import type { Inventory } from '../../../../lib/core/sbom/inventory.ts';
import { scanImage } from '../../../../lib/scanner/scan-image.ts';
import { apkInstalled } from '../../../support/alpine.ts';
import { osRelease } from '../../../support/debian.ts';
import { type Entry, file, image, layer, openImage, symlink } from '../../../support/images.ts';
import { memoryLayerCache } from '../../../support/layer-cache.ts';

const INSTALLED = 'lib/apk/db/installed';
const ALPINE = file('etc/os-release', osRelease('alpine', '3.20.3', 'Alpine Linux v3.20'));
const musl = { name: 'musl-utils', version: '1.2.5-r0', origin: 'musl', licence: 'MIT AND BSD-2-Clause' };

async function scan(layers: readonly (readonly Entry[])[], history?: readonly string[]): Promise<Inventory> {
  const built = await Promise.all(layers.map((entries) => layer(entries)));
  return scanImage(openImage(image(built, history === undefined ? {} : { history })), { cache: memoryLayerCache() });
}

describe('packages of apk', () => {
  it('are found with source, licence, ecosystem and the layer that brought them', async () => {
    const { packages, layers, gaps } = await scan(
      [
        [ALPINE, file(INSTALLED, apkInstalled([musl]))],
        [file('srv/x')],
        [file(INSTALLED, apkInstalled([musl, { name: 'curl', version: '8.9.0-r0' }]))],
      ],
      ['ADD rootfs', 'COPY x', 'RUN apk add curl'],
    );
    expect(gaps).toEqual([]);
    expect(
      packages.map(({ name, layer: since }) => [name, layers.find(({ diffId }) => diffId === since)?.createdBy]),
    ).toEqual([
      ['curl', 'RUN apk add curl'],
      ['musl-utils', 'ADD rootfs'],
    ]);
    expect(packages[1]).toEqual({
      ...{ type: 'apk', name: 'musl-utils', version: '1.2.5-r0', architecture: 'x86_64' },
      purl: 'pkg:apk/alpine/musl-utils@1.2.5-r0?arch=x86_64&distro=alpine-3.20.3',
      ...{ source: { name: 'musl', version: '1.2.5-r0' }, ecosystem: 'Alpine:v3.20', layer: layers[0]?.diffId },
      ...{ path: INSTALLED, foundBy: 'apk', licences: ['MIT AND BSD-2-Clause'] },
    });
  });

  it('are found once where lib leads to usr/lib, in a Wolfi', async () => {
    const { packages, gaps } = await scan([
      [
        file('etc/os-release', osRelease('wolfi', '20230201', 'Wolfi')),
        symlink('lib', 'usr/lib'),
        file(`usr/${INSTALLED}`, apkInstalled([musl])),
      ],
    ]);
    expect(gaps).toEqual([]);
    expect(packages).toMatchObject([{ name: 'musl-utils', ecosystem: 'Wolfi', path: `usr/${INSTALLED}` }]);
  });

  it('own what came with them', async () => {
    const jar = { ...musl, owns: ['usr/share/java/a.jar', 'lib/b.jar'] };
    const { gaps } = await scan([
      [
        ...[ALPINE, symlink('lib', 'usr/lib'), file(`usr/${INSTALLED}`, apkInstalled([jar]))],
        ...[file('usr/share/java/a.jar'), file('usr/lib/b.jar'), file('opt/c.jar')],
      ],
    ]);
    expect(gaps.map(({ message }) => message)).toEqual([
      'Packages of java are present and were not read: opt/c.jar, which is no archive that can be read.',
    ]);
  });

  it('are a gap where the database can not be read whole', async () => {
    const { gaps } = await scan([[ALPINE, file(INSTALLED, `${apkInstalled([musl])}asdf\n`)]]);
    expect(gaps).toEqual([
      {
        kind: 'malformed-database',
        subject: INSTALLED,
        message: `The package database ${INSTALLED} could not be read whole: line 9: no field, and 1 more.`,
      },
    ]);
  });

  it('are a gap where the database lies elsewhere', async () => {
    const { gaps } = await scan([[ALPINE, symlink(INSTALLED, '/opt/installed'), file('opt/installed', 'P:a\nV:1\n')]]);
    expect(gaps.map(({ kind, subject }) => `${kind}:${subject}`)).toEqual([
      `malformed-database:${INSTALLED}`,
      'no-package-database:image',
    ]);
  });
});
