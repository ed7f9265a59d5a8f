/** The outbox as work: a claim is one short transaction, so that no two processes hold one entry. */
import type { DatabaseSync } from 'node:sqlite';

import type { Body } from '../../../pipeline/ports/register-store.ts';
import type { Work, WorkQueue } from '../../../pipeline/ports/work-queue.ts';
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
    `SELECT place, id, type, body, at, attempt FROM outbox
     WHERE buried = 0 AND due <= :now AND (:types IS NULL OR type IN (SELECT value FROM json_each(:types)))
     ORDER BY due, place LIMIT 1`,
  );
  const take = db.prepare('UPDATE outbox SET due = ?, at = ?, attempt = ?, owner = ? WHERE place = ?');
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
  const waiting = db.prepare('SELECT count(*) AS count FROM outbox WHERE buried = 0');
  const buried = db.prepare('SELECT id, type, cause FROM outbox WHERE buried = 1 ORDER BY place');

  function claim(now: Date, types?: readonly string[]): Work | null {
    const due = { now: now.getTime(), types: types === undefined ? null : JSON.stringify(types) };
    // Whoever finds nothing has not kept writers waiting.
    if (next.get(due) === undefined) return null;
    return inTransaction(db, () => {
      const entry = next.get(due) as Entry | undefined;
      if (entry === undefined) return null;
      const at = entry.at ?? now.toISOString();
      const attempt = entry.attempt + 1;
      take.run(now.getTime() + leaseSeconds * 1000, at, attempt, owner, entry.place);
      return { id: entry.id, type: entry.type, body: JSON.parse(entry.body) as Body, at, attempt };
    });
  }

  return {
    async claim(now, types) {
      return guard(() => claim(now, types));
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
