import { describe, expect, it } from '@jest/globals';

import { sentNoticeKey } from '../../../lib/core/notices/sent-notice.ts';
import { readNotices } from '../../../lib/pipeline/read-notices/read-notices.ts';
import { memoryStore } from '../../support/memory-store.ts';

async function withNotices(...instants: readonly string[]) {
  const { register } = memoryStore();
  for (const at of instants) {
    const body = { at, to: 'team', subject: at, kind: 'verdict-changed', messageId: 'm', assessment: null };
    await register.commit({ puts: [{ item: { ...sentNoticeKey(at, 'n', 'team'), body }, when: 'absent' }] });
  }
  return register;
}

describe('the notices that were sent', () => {
  it('are read from all months of the span, the oldest first, ends counted in', async () => {
    const inside = ['2025-12-31T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'];
    const register = await withNotices(...inside, '2025-12-30T23:59:59.999Z', '2026-03-01T00:00:00.000Z');

    const from = '2025-12-31T00:00:00.000Z';
    const notices = await readNotices(register, { from, to: '2026-02-28T23:59:59.999Z' });
    expect(notices.map(({ at }) => at)).toEqual(inside);
  });

  it('are none where the span ends before it begins', async () => {
    const register = await withNotices('2026-01-15T00:00:00.000Z');
    const span = { from: '2026-02-01T00:00:00.000Z', to: '2026-01-31T00:00:00.000Z' };
    expect(await readNotices(register, span)).toEqual([]);
  });

  it('are an error where one can not be read, never left out', async () => {
    const { register } = memoryStore();
    const at = '2026-01-01T00:00:00.000Z';
    await register.commit({ puts: [{ item: { ...sentNoticeKey(at, 'n', 'team'), body: { at } }, when: 'absent' }] });
    await expect(readNotices(register, { from: at, to: at })).rejects.toThrow('subject');
  });
});
