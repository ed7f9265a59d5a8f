/** Keeps what the scanner read in a layer, by diff ID: a clone costs only its own layers. */
import { z } from 'zod';

import { canonicalBytes } from '../../core/canonical/canonical.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import { layerKey } from '../../core/register/keys.ts';
import { type LayerCache, parseLayerResult } from '../../scanner/scan-image.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readDocument } from './read-document.ts';

const storedLayer = z.object({ result: digestSchema });

export function layerCache(register: RegisterStore, evidence: EvidenceStore): LayerCache {
  return {
    async get(diffId, scannerVersion) {
      const item = await register.get(layerKey(diffId, scannerVersion));
      if (item === null) return null;
      try {
        return parseLayerResult(await readDocument(evidence, storedLayer.parse(item.body).result, 'layer result'));
      } catch (error) {
        // What was lost or altered here can be read again from the layer itself.
        if (isCavendishError(error, 'integrity-failed') || isCavendishError(error, 'not-found')) return null;
        throw error;
      }
    },
    async put(result) {
      const digest = await evidence.put(canonicalBytes(result));
      const key = layerKey(result.diffId, result.scanner);
      const stored = await register.get(key);
      const item = { ...key, body: { result: digest } };
      try {
        await register.commit({ puts: [{ item, when: stored === null ? 'absent' : { version: stored.version } }] });
      } catch (error) {
        // Another process kept the same layer meanwhile: either result will do.
        if (!isCavendishError(error, 'conflict')) throw error;
      }
    },
  };
}
