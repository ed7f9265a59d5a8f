import { describe, expect, it } from '@jest/globals';

import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { Notice } from '../../../lib/core/notices/notice.ts';
import { tellOwners } from '../../../lib/pipeline/announce/tell-owners.ts';
import { aChangedVerdict, aRound } from '../../support/changed-verdicts.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';

const pacing = {
  evidence: memoryEvidence(),
  now: () => new Date('2026-11-24T10:00:00.000Z'),
  mostAnHour: () => Promise.resolve(10),
  roundUpsOnly: () => Promise.resolve(new Set<string>()),
};

describe('telling owners', () => {
  it('tells everybody else where one can not be reached, and nobody twice when that one is tried again', async () => {
    const { register, close } = openLocalStore(':memory:');
    const delivered: string[] = [];
    const told: Notice[] = [];
    let full = true;
    const mail = {
      name: 'smtp',
      deliver: async ({ to }: Notice) => {
        if (to === 'b' && full) throw new CavendishError('unavailable', 'the mailbox is full');
        delivered.push(to);
        await Promise.resolve();
      },
    };
    const entries = ['a', 'b', 'c'].map((owner) => aChangedVerdict({ owner }));
    const tell = () =>
      tellOwners(entries, aRound(), false, {
        ...{ register, ...pacing, notifiers: [mail], fallbackOwner: 'd', followers: [] },
        onTold: (notice) => told.push(notice),
      });

    await expect(tell()).rejects.toThrow('the mailbox is full');
    expect(delivered).toEqual(['a', 'c']);
    full = false;
    expect(await tell()).toEqual({ notices: 3 });
    expect(delivered).toEqual(['a', 'c', 'b']);
    close();
  });

  it('tells the fallback owner what has to be said though nothing changed', async () => {
    const { register, close } = openLocalStore(':memory:');
    const told: string[] = [];
    const owners = {
      register,
      ...pacing,
      notifiers: [],
      fallbackOwner: 'd',
      followers: [],
      onTold: ({ to }: Notice) => told.push(to),
    };

    await tellOwners([], aRound(), false, owners);
    expect(told).toEqual([]);
    await tellOwners([], aRound(), true, owners);
    expect(told).toEqual(['d']);
    close();
  });
});
