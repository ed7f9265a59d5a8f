/** What every work queue does, whatever it is made of. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import type { Work, WorkQueue } from '../../lib/pipeline/ports/work-queue.ts';

export interface OpenedWork {
  readonly work: WorkQueue;
  /** The register whose commits fill it. */
  readonly register: RegisterStore;
  /** Seconds until a claim lapses. */
  readonly leaseSeconds: number;
  close(): Promise<void>;
}

const NOW = new Date('2026-11-23T00:00:00Z');
const NEVER: Work = { id: 'never', type: 'judge', body: {}, at: NOW.toISOString(), attempt: 1, lapsed: 0 };

function after(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

export function workQueueContract(name: string, open: () => Promise<OpenedWork>): void {
  describe(`${name} keeps the contract of a work queue:`, () => {
    let store: OpenedWork;
    let work: WorkQueue;

    beforeEach(async () => {
      store = await open();
      work = store.work;
    });
    afterEach(() => store.close());

    const add = (...ids: readonly string[]): Promise<void> =>
      store.register.commit({
        puts: [],
        outbox: ids.map((id) => ({ id, type: id.split(':')[0] ?? id, body: { of: id } })),
      });
    const claimed = async (now = NOW, types?: readonly string[]): Promise<Work> => {
      const found = await work.claim(now, types);
      if (found === null) throw new Error('nothing to claim');
      return found;
    };

    it('has nothing where nothing was put', async () => {
      expect(await work.claim(NOW)).toBeNull();
      expect(await work.state()).toEqual({ waiting: 0, buried: [] });
    });

    it('hands each entry to one claimer, in the order they were put', async () => {
      await add('a', 'b');
      await add('c');
      expect([await work.claim(NOW), await work.claim(NOW), await work.claim(NOW), await work.claim(NOW)]).toEqual([
        { id: 'a', type: 'a', body: { of: 'a' }, at: NOW.toISOString(), attempt: 1, lapsed: 0 },
        { id: 'b', type: 'b', body: { of: 'b' }, at: NOW.toISOString(), attempt: 1, lapsed: 0 },
        { id: 'c', type: 'c', body: { of: 'c' }, at: NOW.toISOString(), attempt: 1, lapsed: 0 },
        null,
      ]);
      expect(await work.state()).toEqual({ waiting: 3, buried: [] });
    });

    it('hands out the types that are asked for, and no others', async () => {
      await add('judge:1', 'notify:1', 'judge:2');
      expect(await work.claim(NOW, ['remind'])).toBeNull();
      expect(await work.claim(NOW, [])).toBeNull();
      expect((await claimed(NOW, ['notify', 'remind'])).id).toBe('notify:1');
      expect((await claimed(NOW, ['judge'])).id).toBe('judge:1');
      expect((await claimed(NOW)).id).toBe('judge:2');
    });

    it('takes an entry up again when its claim lapses, as of the instant of the first claim', async () => {
      await add('a');
      await claimed();
      expect(await work.claim(after(store.leaseSeconds - 1))).toBeNull();
      expect(await work.claim(after(store.leaseSeconds))).toMatchObject({ at: NOW.toISOString(), attempt: 2 });
    });

    it('counts the claims that lapsed, and none that said what became of them', async () => {
      await add('a');
      await claimed();
      const second = await claimed(after(store.leaseSeconds));
      expect(second).toMatchObject({ attempt: 2, lapsed: 1 });
      await work.retry(second, 'no answer', after(store.leaseSeconds));
      expect(await claimed(after(store.leaseSeconds))).toMatchObject({ attempt: 3, lapsed: 1 });
      expect(await claimed(after(2 * store.leaseSeconds))).toMatchObject({ attempt: 4, lapsed: 2 });
    });

    it('tries again when it was told to, and not before', async () => {
      await add('a', 'b');
      await work.retry(await claimed(), 'no answer', after(30));
      expect((await claimed(after(1))).id).toBe('b');
      expect(await work.claim(after(29.999))).toBeNull();
      expect(await work.claim(after(30))).toMatchObject({ id: 'a', at: NOW.toISOString(), attempt: 2 });
    });

    it('hands out by due time first', async () => {
      await add('a', 'b', 'c');
      const [a, b, c] = [await claimed(), await claimed(), await claimed()];
      await work.retry(a, 'x', after(30));
      await work.retry(b, 'x', after(10));
      await work.retry(c, 'x', after(20));
      await add('new');
      const ids = [
        await claimed(after(40)),
        await claimed(after(40)),
        await claimed(after(40)),
        await claimed(after(40)),
      ];
      expect(ids.map(({ id }) => id)).toEqual(['new', 'b', 'c', 'a']);
    });

    it('never hands out again what is done', async () => {
      await add('a');
      const a = await claimed();
      await work.done(a);
      await work.done(a);
      await add('a');
      expect(await work.claim(after(1e6))).toBeNull();
      expect(await work.state()).toEqual({ waiting: 0, buried: [] });
    });

    it('sets aside what is buried, and keeps it with its cause', async () => {
      await add('a', 'b');
      await work.bury(await claimed(), 'cannot be read');
      await add('a');
      expect((await claimed(after(1e6))).id).toBe('b');
      expect(await work.claim(after(2))).toBeNull();
      expect(await work.state()).toEqual({ waiting: 1, buried: [{ id: 'a', type: 'a', cause: 'cannot be read' }] });
    });

    describe('by name', () => {
      it('takes an entry as a claim would, and leaves the others', async () => {
        await add('a', 'b');
        expect(await work.take('b', NOW)).toEqual({
          outcome: 'taken',
          work: { id: 'b', type: 'b', body: { of: 'b' }, at: NOW.toISOString(), attempt: 1, lapsed: 0 },
        });
        expect((await claimed()).id).toBe('a');
        expect(await work.claim(NOW)).toBeNull();
      });

      it('takes nothing that another holds, and says until when', async () => {
        await add('a');
        await claimed();
        const until = after(store.leaseSeconds);
        expect(await work.take('a', after(1))).toEqual({ outcome: 'not-due', until });
        expect(await work.take('a', until)).toMatchObject({
          outcome: 'taken',
          work: { at: NOW.toISOString(), attempt: 2 },
        });
      });

      it('takes nothing before its time, and says when that is', async () => {
        await add('a');
        await work.retry(await claimed(), 'no answer', after(30));
        expect(await work.take('a', after(29.999))).toEqual({ outcome: 'not-due', until: after(30) });
        expect(await work.take('a', after(30))).toMatchObject({ outcome: 'taken', work: { attempt: 2 } });
      });

      it('tells what is over from what never was', async () => {
        await add('a', 'b');
        await work.done(await claimed());
        await work.bury(await claimed(), 'x');
        expect(await work.take('a', NOW)).toEqual({ outcome: 'ended' });
        expect(await work.take('b', NOW)).toEqual({ outcome: 'ended' });
        expect(await work.take('c', NOW)).toEqual({ outcome: 'unknown' });
      });
    });

    it('lists what is due and nobody holds, the longest due first', async () => {
      await add('a:1', 'b:1', 'c:1', 'd:1');
      await work.retry(await claimed(NOW, ['a']), 'x', after(20));
      await work.retry(await claimed(NOW, ['b']), 'x', after(10));
      await claimed(NOW, ['c']);
      // A store may say more of a new entry: when it was put.
      expect(await work.due(after(5), 10)).toMatchObject([{ id: 'd:1', type: 'd', due: null }]);
      expect(await work.due(after(20), 2)).toMatchObject([
        { id: 'd:1', type: 'd', due: null },
        { id: 'b:1', type: 'b', due: after(10) },
      ]);
      expect((await work.due(after(20), 10)).map(({ id }) => id)).toEqual(['d:1', 'b:1', 'a:1']);
      expect((await work.due(after(store.leaseSeconds), 10)).map(({ id }) => id)).toContain('c:1');
    });

    it('takes up again what was set aside, as new', async () => {
      await add('a');
      expect(await work.revive('a')).toBeNull();
      await work.bury(await claimed(), 'x');
      expect(await work.revive('a')).toBe('a');
      expect(await work.revive('a')).toBeNull();
      expect(await work.state()).toEqual({ waiting: 1, buried: [] });
      expect(await claimed(after(5))).toMatchObject({ id: 'a', at: after(5).toISOString(), attempt: 1, lapsed: 0 });
      expect(await work.revive('never')).toBeNull();
    });

    describe('where a claim lapsed and another holds it', () => {
      let late: Work;
      let holder: Work;
      beforeEach(async () => {
        await add('a');
        late = await claimed();
        holder = await claimed(after(store.leaseSeconds));
      });

      it('leaves it to the other though the first wants to try again', async () => {
        await work.retry(late, 'x', NOW);
        expect(await work.claim(after(store.leaseSeconds + 1))).toBeNull();
      });

      it('leaves it to the other though the first wants to bury it', async () => {
        await work.bury(late, 'x');
        expect(await work.state()).toEqual({ waiting: 1, buried: [] });
        await work.retry(holder, 'x', NOW);
        expect(await claimed()).toMatchObject({ attempt: 3 });
      });

      it('is done when the first has done it', async () => {
        await work.done(late);
        await work.retry(holder, 'x', NOW);
        await work.bury(holder, 'x');
        expect(await work.claim(after(1e6))).toBeNull();
        expect(await work.state()).toEqual({ waiting: 0, buried: [] });
      });
    });

    it('does nothing about work that it never had', async () => {
      await work.done(NEVER);
      await work.retry(NEVER, 'x', NOW);
      await work.bury(NEVER, 'x');
      expect(await work.state()).toEqual({ waiting: 0, buried: [] });
      await add('never');
      expect((await claimed()).id).toBe('never');
    });
  });
}
