/** Whom a change of an exception is told, by the work that its commit leaves. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import type { Notice } from '../../../lib/core/notices/notice.ts';
import { callerOf } from '../../../lib/core/people/caller.ts';
import type { Recipient } from '../../../lib/core/reminders/recipients.ts';
import type { Acting } from '../../../lib/pipeline/exceptions/act.ts';
import { approveException, refuseException } from '../../../lib/pipeline/exceptions/approve-exception.ts';
import { endIfGranted } from '../../../lib/pipeline/exceptions/end-exception.ts';
import { requestException } from '../../../lib/pipeline/exceptions/request-exception.ts';
import { revokeException, withdrawException } from '../../../lib/pipeline/exceptions/take-back.ts';
import { tellExceptionHandlers } from '../../../lib/pipeline/exceptions/tell-exception.ts';
import { runNext } from '../../../lib/pipeline/work/run-work.ts';
import { TELL_EXCEPTION } from '../../../lib/pipeline/work/work-types.ts';
import { acting, aDraft, PEOPLE_APPETITE } from '../../support/exception-people.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';

const DAY = '2026-11-25';
const LATER = '2026-11-26T10:00:00.000Z';
/** Those who may decide know an address; Dora only asks, Otto runs the home. */
const APPETITE = PEOPLE_APPETITE.replace("'laptop:amir']", "'laptop:amir'], email: amir@example.com").replace(
  'unnamed:',
  "  - { name: Dora Developer, principals: ['laptop:dora'], roles: [developer] }\n  - { name: Otto Operator, principals: ['laptop:otto'], roles: [operator] }\nunnamed:",
);

let store: LocalStore;
let told: { readonly notice: Notice; readonly to: Recipient }[];
let unreached: string[];
const evidence = memoryEvidence();
beforeEach(() => {
  store = openLocalStore(':memory:');
  [told, unreached] = [[], []];
});
afterEach(() => {
  store.close();
});

function by(name: string, at = `${DAY}T09:00:00.000Z`, appetite = APPETITE): Acting {
  const act = acting(name, at, { register: store.register, evidence });
  const value = parseAppetite(appetite, 'a test');
  return { ...act, appetite: { ...act.appetite, value }, caller: callerOf(value, `laptop:${name}`, false) };
}

async function asked(name = 'dora', terms = aDraft()): Promise<string> {
  return (await requestException({ terms, renews: null }, by(name), { whole: false })).exception.id;
}

/** @returns whom the work that waits tells what; the post refuses some, and reaches others not at all */
async function tell({ appetite = APPETITE, refuses = '', lost = '', at = LATER } = {}): Promise<readonly string[]> {
  const handlers = tellExceptionHandlers(
    async () =>
      await Promise.resolve({
        register: store.register,
        appetite: parseAppetite(appetite, 'a test'),
        post: {
          deliver: async (notice, to) => {
            if (to.name === refuses) throw new Error('the channel is away');
            if (to.name === lost) return await Promise.resolve(null);
            told.push({ notice, to });
            return { messageId: notice.id, subscription: 'none' };
          },
        },
        onUnreached: async (_, { name }) => {
          unreached.push(name);
          await Promise.resolve();
        },
      }),
  );
  told = [];
  for (;;) {
    const { outcome } = await runNext(store.work, handlers, () => new Date(at));
    if (outcome === 'idle') return told.map(({ to, notice }) => `${to.name}: ${notice.kind}`);
  }
}

describe('a request', () => {
  it('is told to everybody who may decide on it, and not to who asked', async () => {
    await asked('ada');
    expect(await tell()).toEqual(['Amir Approver: exception-requested', 'Anna Approver: exception-requested']);
    expect(told.map(({ notice }) => notice.to)).toEqual(['amir@example.com', 'Anna Approver']);
    expect(told[0]?.notice.text).toContain('Told: you, since you may decide on it');
    expect(await tell()).toEqual([]);
  });

  it('that nobody may decide on alone goes to those who run the programme', async () => {
    const narrow = APPETITE.replace(
      'required: []',
      'required: [], approvers: [{ people: [Ada Asker], stages: [production] }, { people: [Amir Approver], stages: [testing] }]',
    );
    const scope = { ...aDraft().scope, stages: ['production', 'testing'] as const };
    await asked('dora', aDraft({ scope }));
    expect(await tell({ appetite: narrow })).toEqual(['Otto Operator: exception-requested']);
    expect(told[0]?.notice.text).toContain('since nobody else whom the appetite names may decide');
  });

  it('that could not be granted as it is asks nobody for a decision', async () => {
    await asked('dora', aDraft({ expiry: null }));
    expect(await tell()).toEqual([]);
  });

  it('that is decided or taken back before anybody heard of it asks nobody any more', async () => {
    const id = await asked();
    await refuseException({ id, why: 'no' }, by('amir'));
    expect(await tell()).toEqual(['Olive Owner: exception-decided', 'Dora Developer: exception-decided']);
    const other = await asked('dora', aDraft({ reason: 'another' }));
    await withdrawException({ id: other, why: 'a mistake' }, by('dora'));
    expect(await tell()).toEqual([]);
  });

  it('asked for twice is told once', async () => {
    await asked();
    await asked();
    expect(await tell()).toHaveLength(3);
  });
});

describe('a decision', () => {
  it('is told to who carries the risk and who asked, with the dates that follow', async () => {
    const id = await asked();
    await tell();
    await approveException({ id, why: null }, by('amir', `${DAY}T10:00:00.000Z`));
    expect(await tell()).toEqual(['Olive Owner: exception-decided', 'Dora Developer: exception-decided']);
    expect(told[0]?.notice).toMatchObject({ dates: [{ kind: 'expiry', subject: id, due: { date: '2026-12-31' } }] });
    expect(told.map(({ notice }) => /Told: .*/u.exec(notice.text)?.[0])).toEqual([
      'Told: you, since you carry the risk',
      'Told: you, since you asked for it',
    ]);
  });

  it('is told to nobody who took it, and to somebody with two reasons once', async () => {
    const id = await asked('ada', aDraft({ owner: 'Amir Approver' }));
    await tell();
    await approveException({ id, why: null }, by('amir', `${DAY}T10:00:00.000Z`));
    expect(await tell()).toEqual(['Ada Asker: exception-decided']);
    const own = await asked('ada', aDraft({ owner: 'Ada Asker' }));
    await tell();
    await refuseException({ id: own, why: 'no' }, by('amir', `${DAY}T10:00:00.000Z`));
    expect(await tell()).toEqual(['Ada Asker: exception-decided']);
  });

  it('writes to nobody whom the appetite does not know', async () => {
    const id = await asked('robot');
    await tell();
    await approveException({ id, why: null }, by('amir', `${DAY}T10:00:00.000Z`));
    expect(await tell()).toEqual(['Olive Owner: exception-decided']);
  });
});

describe('an end', () => {
  async function held(): Promise<string> {
    const id = await asked();
    await approveException({ id, why: null }, by('amir', `${DAY}T10:00:00.000Z`));
    await tell();
    return id;
  }

  it('on evidence is told to all three', async () => {
    const act = { how: 'lapsed', at: `${DAY}T11:00:00.000Z`, by: null, why: 'KEV lists it' } as const;
    await endIfGranted(await held(), act, store.register);
    expect(await tell()).toEqual([
      ...['Olive Owner: exception-lapsed', 'Dora Developer: exception-lapsed', 'Amir Approver: exception-lapsed'],
    ]);
  });

  it('that its owner wanted is told to the others', async () => {
    await revokeException({ id: await held(), why: 'fixed' }, by('olive', `${DAY}T11:00:00.000Z`));
    expect(await tell()).toEqual(['Dora Developer: exception-lapsed', 'Amir Approver: exception-lapsed']);
  });

  it('of its time is a matter of reminders, and of a renewal one of its grant', async () => {
    const id = await held();
    await endIfGranted(id, { how: 'expired', at: LATER, by: null, why: 'its time is over' }, store.register);
    expect(await tell()).toEqual([]);
  });
});

describe('people who can not be told', () => {
  it('keep nobody else from being told, and are tried again', async () => {
    await asked('ada');
    expect(await tell({ refuses: 'Amir Approver' })).toEqual(['Anna Approver: exception-requested']);
    expect(await tell({ at: '2026-11-27T10:00:00.000Z' })).toContain('Amir Approver: exception-requested');
  });

  it('are made known where nothing reaches them', async () => {
    await asked('ada');
    expect(await tell({ lost: 'Amir Approver' })).toEqual(['Anna Approver: exception-requested']);
    expect(unreached).toEqual(['Amir Approver']);
  });
});

it('leaves the work with the change, or neither', async () => {
  const id = await asked();
  const claimed = await store.work.claim(new Date(LATER));
  expect(claimed).toMatchObject({ type: TELL_EXCEPTION, body: { id } });
});
