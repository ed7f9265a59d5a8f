import { describe, expect, it } from '@jest/globals';

import type { Digest } from '../../../lib/core/image/digest.ts';
import { ecosystemsOf, layerRowsOf } from '../../../lib/core/lineage/layer-rows.ts';
import type { Package } from '../../../lib/core/sbom/inventory.ts';
import { aDigest } from '../../support/assessments.ts';

const [lower, upper] = [aDigest('lower'), aDigest('upper')];

function aPackage(name: string, layer: Digest, given: Partial<Package> = {}): Package {
  return {
    ...{ type: 'deb', name, version: '1.0-1', architecture: 'amd64', purl: `pkg:deb/debian/${name}@1.0-1` },
    ...{ source: { name, version: '1.0-1' }, ecosystem: 'Debian:12', layer, path: 'status', foundBy: 'dpkg' },
    ...given,
  };
}

function layersOf(...diffIds: readonly Digest[]) {
  return diffIds.map((diffId) => ({ diffId, digest: diffId, createdBy: null }));
}

describe('the rows of layers', () => {
  it('name the advisory buckets and the binary and source names of what each layer brought', () => {
    const perlBase = aPackage('perl-base', lower, { source: { name: 'perl', version: '1.0-1' } });
    const rows = layerRowsOf({ layers: layersOf(lower, upper), packages: [perlBase, aPackage('nginx', upper)] });

    expect(rows).toMatchObject([
      {
        diffId: lower,
        buckets: ['Debian/perl'],
        names: [
          { name: 'perl', bucket: 'Debian/perl' },
          { name: 'perl-base', bucket: 'Debian/perl' },
        ],
      },
      { diffId: upper, buckets: ['Debian/nginx'], names: [{ name: 'nginx', bucket: 'Debian/nginx' }] },
    ]);
  });

  it('name the buckets of a package of RPM by its own name too', () => {
    const given = { type: 'rpm', ecosystem: 'AlmaLinux:8', source: { name: 'openssl', version: '1.0-1' } } as const;
    const rows = layerRowsOf({ layers: layersOf(lower), packages: [aPackage('openssl-libs', lower, given)] });
    expect(rows[0]?.buckets).toEqual(['AlmaLinux/openssl', 'AlmaLinux/openssl-libs']);
  });

  it('are the same rows whatever the order of packages, and others for another set', () => {
    const packages = [aPackage('a', lower), aPackage('b', lower)];
    const idOf = (of: readonly Package[]) => layerRowsOf({ layers: layersOf(lower), packages: of })[0]?.id;

    expect(idOf([...packages].reverse())).toBe(idOf(packages));
    expect(idOf(packages.slice(1))).not.toBe(idOf(packages));
  });

  it('are written once for a layer that is there twice, and not for one that brought nothing that is known', () => {
    const unknown = aPackage('c', upper, { ecosystem: null });
    const layers = layersOf(lower, upper, lower);

    expect(layerRowsOf({ layers, packages: [aPackage('a', lower), unknown] })).toMatchObject([{ diffId: lower }]);
    expect(ecosystemsOf([aPackage('a', lower), unknown])).toEqual(['Debian:12']);
  });
});
