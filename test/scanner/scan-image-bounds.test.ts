import { describe, expect, it, jest } from '@jest/globals';

import type { Inventory } from '../../lib/core/sbom/inventory.ts';
import { type LayerResult, parseLayerResult, scanImage } from '../../lib/scanner/scan-image.ts';
import { dpkgStatus, osRelease } from '../support/debian.ts';
import { type BuiltLayer, type Entry, file, image, layer, layerOf, openImage } from '../support/images.ts';
import { memoryLayerCache } from '../support/layer-cache.ts';

const STATUS = 'var/lib/dpkg/status';
const RELEASE = file('etc/os-release', osRelease());

function status(...packages: readonly string[]): Entry {
  return file(
    STATUS,
    dpkgStatus(packages.map((one) => ({ name: one.split(' ')[0] ?? '', version: one.split(' ')[1] ?? '' }))),
  );
}

async function scanLayers(layers: readonly BuiltLayer[]): Promise<Inventory> {
  return scanImage(openImage(image(layers)), { cache: memoryLayerCache() });
}

async function scan(...layers: readonly (readonly Entry[])[]): Promise<Inventory> {
  return scanLayers(await Promise.all(layers.map((entries) => layer(entries))));
}

describe('scanImage', () => {
  describe('kept layers', () => {
    const base = [RELEASE, status('a 1')];

    it('are not read again: a clone costs only its own', async () => {
      const cache = memoryLayerCache();
      const [bottom, top] = [await layer(base), await layer([file('app/x.jar')])];
      await scanImage(openImage(image([bottom])), { cache });

      const clone = openImage(image([bottom, top]));
      const readLayer = jest.spyOn(clone, 'readLayer');
      await scanImage(clone, { cache });
      expect(readLayer.mock.calls.map(([of]) => of.diffId)).toEqual([top.diffId]);
    });

    it('are read again where the stored bytes were never seen to be that layer', async () => {
      const cache = memoryLayerCache();
      const good = await layer(base);
      await scanImage(openImage(image([good])), { cache });

      // Other bytes under the diff ID of a layer that is known.
      const evil = { ...(await layer([RELEASE, status('evil 1')])), diffId: good.diffId };
      await expect(scanImage(openImage(image([evil])), { cache })).rejects.toMatchObject({ code: 'integrity-failed' });

      // The same layer in another form is read once.
      const zstd = openImage(image([layerOf(good.tar, 'zstd')]));
      const readLayer = jest.spyOn(zstd, 'readLayer');
      await scanImage(zstd, { cache });
      await scanImage(zstd, { cache });
      expect(readLayer).toHaveBeenCalledTimes(1);
      expect([...cache.results.values()]).toMatchObject([{ digests: [good.digest, zstd.layers[0]?.digest] }]);
    });

    it('are what a store gives back, and nothing else is taken for one', async () => {
      const cache = memoryLayerCache();
      await scan(base);
      await scanImage(openImage(image([await layer(base)])), { cache });
      const [kept] = cache.results.values();
      expect(parseLayerResult(kept)).toEqual(kept);
      expect(parseLayerResult({ ...kept, standing: 1 })).toBeNull();
      expect(parseLayerResult({ ...kept, read: [{ path: STATUS, cataloger: 'nobody', content: {} }] })).toBeNull();
      expect(parseLayerResult({ ...kept, read: [{ path: STATUS, cataloger: 'dpkg', content: {} }] })).toBeNull();
      expect(parseLayerResult(null)).toBeNull();
    });

    it('are not kept where the layer could not be read', async () => {
      const cache = memoryLayerCache();
      const broken = { ...(await layer(base)), diffId: (await layer([])).diffId };
      await expect(scanImage(openImage(image([broken])), { cache })).rejects.toMatchObject({
        code: 'integrity-failed',
      });
      expect(cache.results.size).toBe(0);
    });
  });

  describe('bounds', () => {
    const slow = async (): Promise<AsyncIterable<Uint8Array>> => {
      async function* silence(): AsyncGenerator<Uint8Array> {
        await Promise.withResolvers().promise;
        yield new Uint8Array();
      }
      return silence();
    };

    it('hold the whole image to a time', async () => {
      const opened = { ...openImage(image([await layer([RELEASE])])), readLayer: slow };
      const scanning = scanImage(opened, { cache: memoryLayerCache(), limits: { milliseconds: 20 } });
      await expect(scanning).rejects.toMatchObject({
        code: 'limit-exceeded',
        message: 'the scan took longer than 0.02 seconds',
      });
    });

    it('end with the reason of the signal', async () => {
      const opened = { ...openImage(image([await layer([RELEASE])])), readLayer: slow };
      const signal = AbortSignal.timeout(20);
      const scanning = scanImage(opened, { cache: memoryLayerCache(), signal });
      await expect(scanning).rejects.toMatchObject({ name: 'TimeoutError' });
    });

    it('hold what is kept of all layers together', async () => {
      const layers = await Promise.all([0, 1, 2].map((nth) => layer([file(`conda-meta/${nth}.json`)])));
      const opened = openImage(image(layers));
      const kept = { kept: 100 };
      await expect(scanImage(opened, { cache: memoryLayerCache(), limits: kept })).rejects.toMatchObject({
        code: 'limit-exceeded',
      });
      const all: LayerResult[] = [];
      const cache = { get: async () => null, put: async (result: LayerResult) => void all.push(result) };
      await scanImage(opened, { cache, limits: { kept: 1000 } });
      expect(all.map((result) => result.kept > 0 && result.kept < 100)).toEqual([true, true, true]);
    });
  });
});
