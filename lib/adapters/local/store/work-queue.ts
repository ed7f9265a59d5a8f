/** The outbox as work: a claim is one short transaction, so that no two processes hold one entry. */
import type { DatabaseSync } from 'node:sqlite';

import type { Body } from '../../../pipeline/ports/register-store.ts';
import type { Taken, Waiting, Work, WorkQueue } from '../../../pipeline/ports/work-queue.ts';
import type { Guard } from './register.ts';
import { inTransaction } from './transaction.ts';

interface Settings {
  readonly guard: Guard;
  /** Whose claims these are. */
  readonly owner: string;
  readonly leaseSeconds: number;
}

interface Entry {
  readonly place: number;
  readonly id: string;
  readonly type: string;
  readonly body: string;
  readonly at: string | null;
  readonly attempt: number;
  readonly lapsed: number;
  /** Null where nobody holds it: who lets go of a claim leaves none. */
  readonly owner: string | null;
  readonly due: number;
  readonly buried: number;
}

interface Buried {
  readonly id: string;
  readonly type: string;
  readonly cause: string;
}

export function localWork(
  db: DatabaseSync,
  { guard, owner, leaseSeconds }: Settings,
): WorkQueue & { releaseClaims(): number } {
  const next = db.prepare(
    `SELECT * FROM outbox
     WHERE buried = 0 AND due <= :now AND (:types IS NULL OR type IN (SELECT value FROM json_each(:types)))
     ORDER BY due, place LIMIT 1`,
  );
  const named = db.prepare('SELECT * FROM outbox WHERE id = ?');
  const wasDone = db.prepare('SELECT 1 FROM outbox_done WHERE id = ?');
  const hold = db.prepare('UPDATE outbox SET due = ?, at = ?, attempt = ?, lapsed = ?, owner = ? WHERE place = ?');
  const end = db.prepare('DELETE FROM outbox WHERE id = ?');
  const remember = db.prepare('INSERT INTO outbox_done (id) VALUES (?) ON CONFLICT DO NOTHING');
  // An attempt of another number belongs to whoever claimed after this claim lapsed.
  const again = db.prepare(
    'UPDATE outbox SET due = ?, owner = NULL, cause = ? WHERE id = ? AND attempt = ? AND buried = 0',
  );
  const setAside = db.prepare(
    'UPDATE outbox SET buried = 1, owner = NULL, cause = ? WHERE id = ? AND attempt = ? AND buried = 0',
  );
  const release = db.prepare('UPDATE outbox SET due = 0, owner = NULL WHERE owner IS NOT NULL AND owner <> ?');
  const overdue = db.prepare(
    'SELECT id, type, due FROM outbox WHERE buried = 0 AND due <= ? ORDER BY due, place LIMIT ?',
  );
  const putBack = db.prepare(
    `UPDATE outbox SET buried = 0, due = 0, at = NULL, attempt = 0, lapsed = 0, owner = NULL, cause = NULL
     WHERE id = ? AND buried = 1 RETURNING type`,
  );
  const waiting = db.prepare('SELECT count(*) AS count FROM outbox WHERE buried = 0');
  const buried = db.prepare('SELECT id, type, cause FROM outbox WHERE buried = 1 ORDER BY place');

  function claim(now: Date, types?: readonly string[]): Work | null {
    const due = { now: now.getTime(), types: types === undefined ? null : JSON.stringify(types) };
    // Whoever finds nothing has not kept writers waiting.
    if (next.get(due) === undefined) return null;
    return inTransaction(db, () => {
      const entry = next.get(due) as Entry | undefined;
      return entry === undefined ? null : claimed(entry, now);
    });
  }

  function claimed(entry: Entry, now: Date): Work {
    const at = entry.at ?? now.toISOString();
    const attempt = entry.attempt + 1;
    const lapsed = entry.lapsed + (entry.owner === null ? 0 : 1);
    hold.run(now.getTime() + leaseSeconds * 1000, at, attempt, lapsed, owner, entry.place);
    return { id: entry.id, type: entry.type, body: JSON.parse(entry.body) as Body, at, attempt, lapsed };
  }

  function take(id: string, now: Date): Taken {
    return inTransaction(db, () => {
      const entry = named.get(id) as Entry | undefined;
      if (entry === undefined) return { outcome: wasDone.get(id) === undefined ? 'unknown' : 'ended' };
      if (entry.buried === 1) return { outcome: 'ended' };
      if (entry.due > now.getTime()) return { outcome: 'not-due', until: new Date(entry.due) };
      return { outcome: 'taken', work: claimed(entry, now) };
    });
  }

  return {
    async claim(now, types) {
      return guard(() => claim(now, types));
    },
    async take(id, now) {
      return guard(() => take(id, now));
    },
    async due(now, limit) {
      const rows = guard(() => overdue.all(now.getTime(), limit)) as readonly unknown[] as readonly Entry[];
      return rows.map(({ id, type, due }): Waiting => ({ id, type, due: due === 0 ? null : new Date(due) }));
    },
    async revive(id) {
      return guard(() => (putBack.get(id) as Pick<Entry, 'type'> | undefined)?.type ?? null);
    },
    async done({ id }) {
      guard(() =>
        inTransaction(db, () => {
          if (end.run(id).changes === 1) remember.run(id);
        }),
      );
    },
    async retry({ id, attempt }, cause, notBefore) {
      guard(() => again.run(notBefore.getTime(), cause, id, attempt));
    },
    async bury({ id, attempt }, cause) {
      guard(() => setAside.run(cause, id, attempt));
    },
    async state() {
      return guard(() => ({
        waiting: Number(waiting.get()?.['count']),
        buried: buried.all() as readonly unknown[] as readonly Buried[],
      }));
    },
    releaseClaims() {
      return guard(() => Number(release.run(owner).changes));
    },
  };
}
