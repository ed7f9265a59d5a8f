/** What every evidence store does, whatever it is made of. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { digestOf } from '../../lib/core/canonical/canonical.ts';
import type { Digest } from '../../lib/core/image/digest.ts';
import type { EvidenceStore } from '../../lib/pipeline/ports/evidence-store.ts';

export interface OpenedEvidence {
  readonly evidence: EvidenceStore;
  close(): Promise<void>;
  /** Changes what is held, behind the store's back. */
  alter(digest: Digest, how: 'one byte' | 'cut short' | 'emptied' | 'other content'): Promise<void>;
}

const TEXT = new TextEncoder().encode('{"packages":["libc6","libssl3","zlib1g"]}'.repeat(50));

export function evidenceStoreContract(name: string, open: () => Promise<OpenedEvidence>): void {
  describe(`${name} keeps the contract of an evidence store:`, () => {
    let store: OpenedEvidence;
    let evidence: EvidenceStore;

    beforeEach(async () => {
      store = await open();
      evidence = store.evidence;
    });
    afterEach(() => store.close());

    it('gives back what was put, by the digest of its bytes', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), async (bytes) => {
          const digest = await evidence.put(bytes);
          expect(digest).toBe(digestOf(bytes));
          expect(Buffer.from((await evidence.get(digest)) ?? [])).toEqual(Buffer.from(bytes));
        }),
        { numRuns: 30 },
      );
    });

    it('holds empty and large evidence too', async () => {
      for (const bytes of [new Uint8Array(), new Uint8Array(9_000_000).fill(7)]) {
        const held = await evidence.get(await evidence.put(bytes));
        expect(held !== null && Buffer.compare(held, bytes)).toBe(0);
      }
    });

    it('says that it does not hold what was never put', async () => {
      expect(await evidence.get(digestOf(TEXT))).toBeNull();
      expect(await evidence.get(`sha512:${'a'.repeat(128)}`)).toBeNull();
    });

    it('holds one piece however often and however many at once put it', async () => {
      const digests = await Promise.all(Array.from({ length: 12 }, () => evidence.put(TEXT)));
      expect(new Set(digests)).toEqual(new Set([digestOf(TEXT)]));
      expect(await evidence.put(TEXT)).toBe(digestOf(TEXT));
      expect(await evidence.get(digestOf(TEXT))).toHaveLength(TEXT.length);
    });

    it.each(['one byte', 'cut short', 'emptied', 'other content'] as const)(
      'never returns what was altered (%s), says which it is, and mends it when it is put again',
      async (how) => {
        const digest = await evidence.put(TEXT);
        await store.alter(digest, how);
        await expect(evidence.get(digest)).rejects.toMatchObject({
          code: 'integrity-failed',
          message: expect.stringContaining(digest),
        });
        await evidence.put(TEXT);
        expect(await evidence.get(digest)).toHaveLength(TEXT.length);
      },
    );
  });
}
