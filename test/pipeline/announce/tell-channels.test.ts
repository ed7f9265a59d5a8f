import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import { type Notice, noticeOf } from '../../../lib/core/notices/notice.ts';
import { sendHeld } from '../../../lib/pipeline/announce/send-held.ts';
import { roundUpByChannels, tellChannels } from '../../../lib/pipeline/announce/tell-channels.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { aLetter } from '../../support/notices.ts';

let store: LocalStore;
let now: number;
let full: Set<string>;
let delivered: string[];
let channels: Parameters<typeof tellChannels>[1];

beforeEach(() => {
  store = openLocalStore(':memory:');
  now = Date.parse('2026-11-25T10:00:00.000Z');
  full = new Set();
  delivered = [];
  const notifiers = ['inbox', 'smtp'].map((name) => ({
    name,
    async deliver({ id, to }: Notice) {
      if (full.has(name)) throw new CavendishError('unavailable', `${name} is full`);
      await Promise.resolve(delivered.push(`${name} ${to} ${id}`));
    },
  }));
  channels = {
    ...{ register: store.register, evidence: memoryEvidence(), notifiers },
    ...{
      now: () => new Date(now),
      mostAnHour: () => Promise.resolve(2),
      roundUpsOnly: () => Promise.resolve(new Set<string>()),
    },
  };
});

afterEach(() => {
  store.close();
});

function aNotice(id: string, to = 'ann'): Notice {
  const letter = aLetter({ headline: `what is ${id}` });
  return noticeOf({ id, kind: 'judged-again', at: '2026-11-25T10:00:00.000Z', to, about: id, letter });
}

async function flush() {
  return await sendHeld({ ...channels, send: (roundUp) => roundUpByChannels(roundUp, channels) });
}

describe('telling by the channels of a laptop', () => {
  it('brings a notice to each once, and tries again only the one that refused it', async () => {
    full.add('smtp');
    await expect(tellChannels(aNotice('a'), channels)).rejects.toThrow('smtp is full');
    expect(delivered).toEqual(['inbox ann a']);
    full.clear();
    // Another took the room meanwhile: what one channel has is brought to the other all the same.
    now += 3_600_000;
    await tellChannels(aNotice('b'), channels);

    expect(await tellChannels(aNotice('a'), channels)).toEqual({ outcome: 'sent', messageId: 'a' });
    expect(delivered).toEqual(['inbox ann a', 'inbox ann b', 'smtp ann b', 'smtp ann a']);
    expect(await tellChannels(aNotice('a'), channels)).toEqual({ outcome: 'known' });
  });

  it('keeps the pace of each person by themselves', async () => {
    expect((await tellChannels(aNotice('a'), channels)).outcome).toBe('sent');
    expect((await tellChannels(aNotice('b'), channels)).outcome).toBe('held');
    expect((await tellChannels(aNotice('b', 'bob'), channels)).outcome).toBe('sent');
  });

  it('brings a round-up to each channel once, and does not end it before the last of them has it', async () => {
    for (const id of ['a', 'b', 'c']) await tellChannels(aNotice(id), channels);
    now += 3_600_000;
    full.add('smtp');
    await expect(flush()).rejects.toThrow('smtp is full');
    await expect(flush()).rejects.toThrow('smtp is full');
    full.clear();

    expect(await flush()).toEqual({ roundUps: 1, notices: 2 });
    const roundUps = delivered.filter((one) => one.includes('round-up-'));
    expect(roundUps.map((one) => one.split(' ', 1).join(''))).toEqual(['inbox', 'smtp']);
    expect(new Set(roundUps.map((one) => one.split(' ').at(-1))).size).toBe(1);
  });
});
