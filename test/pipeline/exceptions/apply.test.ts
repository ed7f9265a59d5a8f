import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import {
  type AppliedEntry,
  applyExceptions,
  planExceptions,
} from '../../../lib/pipeline/exceptions/apply-exceptions.ts';
import { approveException } from '../../../lib/pipeline/exceptions/approve-exception.ts';
import { readException } from '../../../lib/pipeline/exceptions/exception-items.ts';
import { revokeException } from '../../../lib/pipeline/exceptions/take-back.ts';
import { acting as actingWith } from '../../support/exception-people.ts';
import { type MemoryEvidence, memoryEvidence } from '../../support/memory-evidence.ts';

let store: LocalStore;
let evidence: MemoryEvidence;
let minutes = 0;

beforeEach(() => {
  store = openLocalStore(':memory:');
  evidence = memoryEvidence();
});
afterEach(() => {
  store.close();
});

function acting(who: string) {
  minutes += 1;
  const at = new Date(Date.parse('2026-11-25T00:00:00Z') + minutes * 60_000).toISOString();
  return actingWith(who, at, { register: store.register, evidence });
}

function anEntry(name: string, reason = 'It is not reachable.'): AppliedEntry {
  return {
    name,
    terms: {
      ...{ vulnerabilities: ['CVE-2026-1'], packages: [], images: { asset: 'shop' }, stages: ['production'] },
      ...{ reason, owner: 'Olive Owner', controls: [], review: null, expiry: '2026-12-31', links: [] },
    },
  };
}

async function apply(...entries: readonly AppliedEntry[]): Promise<readonly string[]> {
  return (await applyExceptions(entries, acting('ada'))).map(({ name, does }) => `${name} ${does}`);
}

const standing = async (name: string): Promise<string> => {
  const found = (await planExceptions([anEntry(name)], acting('ada'))).find((one) => one.name === name);
  return found?.exception ?? '';
};

describe('a file of exceptions', () => {
  it('asks once, however often it is applied', async () => {
    expect(await apply(anEntry('perl'))).toEqual(['perl request']);
    expect(await apply(anEntry('perl'))).toEqual(['perl unchanged']);
    expect((await readException(await standing('perl'), store.register)).exception.state).toBe('requested');
  });

  it('asks for a renewal where it says otherwise than what is in force, and grants nothing', async () => {
    await apply(anEntry('perl'));
    const first = await standing('perl');
    expect(await apply(anEntry('perl', 'another reason'))).toEqual(['perl pending']);

    await approveException({ id: first, why: null }, acting('amir'));
    const [renewed] = await applyExceptions([anEntry('perl', 'another reason')], acting('ada'));
    expect(renewed).toMatchObject({ does: 'renew', exception: first, state: 'granted' });
    const { exception } = await readException(renewed?.requested ?? '', store.register);
    expect(exception).toMatchObject({ state: 'requested', renews: first });
    expect((await readException(first, store.register)).exception.state).toBe('granted');
  });

  it('asks for no more where people ended what it asks for, until it says otherwise', async () => {
    await apply(anEntry('perl'));
    const first = await standing('perl');
    await approveException({ id: first, why: null }, acting('amir'));
    await revokeException({ id: first, why: 'no more' }, acting('olive'));

    expect(await apply(anEntry('perl'))).toEqual(['perl unchanged']);
    expect(await apply(anEntry('perl', 'another reason'))).toEqual(['perl request']);
  });

  it('ends nothing that it no longer says: it tells', async () => {
    await apply(anEntry('perl'), anEntry('openssl'));

    expect(await apply(anEntry('perl'))).toEqual(['perl unchanged', 'openssl gone']);
  });

  it('is refused whole where two entries have one name', async () => {
    await expect(apply(anEntry('perl'), anEntry('perl'))).rejects.toThrow('two entries are called perl');
  });
});
