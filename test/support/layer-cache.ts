import type { LayerCache, LayerResult } from '../../lib/scanner/scan-image.ts';

/** A cache of layers in memory that counts what it is asked. */
export interface MemoryLayerCache extends LayerCache {
  readonly results: Map<string, LayerResult>;
  readonly hits: () => number;
}

export function memoryLayerCache(): MemoryLayerCache {
  const results = new Map<string, LayerResult>();
  let hits = 0;
  return {
    results,
    hits: () => hits,
    async get(diffId, scannerVersion) {
      const result = results.get(`${diffId} ${scannerVersion}`) ?? null;
      if (result !== null) hits += 1;
      return result;
    },
    async put(result) {
      // As a store would: through JSON.
      results.set(`${result.diffId} ${result.scanner}`, JSON.parse(JSON.stringify(result)) as LayerResult);
    },
  };
}
