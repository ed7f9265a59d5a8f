/** Whoever asks does not decide, by no route: also not once the appetite has learned who it was that asked. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { callerOf } from '../../../lib/core/people/caller.ts';
import type { Acting } from '../../../lib/pipeline/exceptions/act.ts';
import { approveException, refuseException } from '../../../lib/pipeline/exceptions/approve-exception.ts';
import { requestException } from '../../../lib/pipeline/exceptions/request-exception.ts';
import { acting, aDraft, PEOPLE_APPETITE } from '../../support/exception-people.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';

let store: LocalStore;
const evidence = memoryEvidence();
beforeEach(() => {
  store = openLocalStore(':memory:');
});
afterEach(() => {
  store.close();
});

function by(name: string, at: string, appetite = PEOPLE_APPETITE): Acting {
  const act = acting(name, at, { register: store.register, evidence });
  const value = parseAppetite(appetite, 'a test');
  return { ...act, appetite: { ...act.appetite, value }, caller: callerOf(value, `laptop:${name}`, false) };
}

async function asked(name: string, appetite = PEOPLE_APPETITE): Promise<string> {
  const asking = by(name, '2026-11-25T09:00:00.000Z', appetite);
  return (await requestException({ terms: aDraft(), renews: null }, asking)).exception.id;
}

/** Amir comes as two principals, of which the first appetite knew one. */
const LATER = PEOPLE_APPETITE.replace("['laptop:amir']", "['laptop:amir', 'laptop:phone']");
const AT = '2026-11-25T10:00:00.000Z';

describe('whoever asked as a principal that was nobody then', () => {
  it('does not decide as the person whose it is now', async () => {
    const id = await asked('phone');
    await expect(approveException({ id, why: null }, by('amir', AT, LATER))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(refuseException({ id, why: 'no' }, by('amir', AT, LATER))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('is decided upon by anybody else', async () => {
    const id = await asked('phone');
    expect((await approveException({ id, why: null }, by('anna', AT, LATER))).state).toBe('granted');
  });
});

describe('whoever was renamed since asking', () => {
  it('does not decide under the new name, as none of their principals', async () => {
    const renamed = PEOPLE_APPETITE.replace('Ada Asker', 'Ada King');
    const id = await asked('ada');
    for (const name of ['ada', 'ada-at-home']) {
      await expect(approveException({ id, why: null }, by(name, AT, renamed))).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
  });
});
