import { describe, expect, it } from '@jest/globals';

import { CavendishError } from '../../../../lib/core/errors/error.ts';
import { memoryStore } from '../../../support/memory-store.ts';
import { anImage, aRegistry, pushBlob, putManifest } from './support.ts';

const IMAGE = anImage(['base', 'app']);

describe('a push that can not be recorded', () => {
  it.each([
    ['conflict', 503, 'the store is busy'],
    ['storage-full', 507, 'storage full: the store is busy'],
    ['unavailable', 503, 'the store is busy'],
    ['limit-exceeded', 413, 'the store is busy'],
  ] as const)('by %s answers %i, and shows nothing', async (code, status, says) => {
    const { register } = memoryStore();
    const failing = await aRegistry({
      store: { ...register, commit: () => Promise.reject(new CavendishError(code, 'the store is busy')) },
    });
    try {
      for (const blob of IMAGE.blobs) await pushBlob(failing, 'team/app', blob);
      const put = await putManifest(failing, 'team/app', '1.0', IMAGE);
      expect(put.status).toBe(status);
      expect(put.text).toContain(says);
      expect((await failing.send('GET', '/v2/team/app/manifests/1.0')).status).toBe(404);
      expect(failing.woken()).toBe(0);
    } finally {
      await failing.close();
    }
  });

  it.each([new Error('secret'), new CavendishError('integrity-failed', 'secret')])(
    'by a fault of the registry (%s) answers 500 without its words, and reports it',
    async (fault) => {
      const { register } = memoryStore();
      const failing = await aRegistry({ store: { ...register, get: () => Promise.reject(fault) } });
      const reply = await failing.send('GET', '/v2/team/app/manifests/1.0');
      expect(reply).toMatchObject({ status: 500, code: 'UNKNOWN' });
      expect(reply.text).not.toContain('secret');
      expect(failing.faults).toEqual([fault]);
      await failing.close();
    },
  );
});
