/**
 * The register store and the work queue as plain objects: the model that adapters are held to, and
 * a store for tests of use cases. Written for plainness: every query looks at every item.
 */
import { contentId } from '../../lib/core/canonical/canonical.ts';
import { CavendishError } from '../../lib/core/errors/error.ts';
import { checkKey, LIMITS, sizeCommit, sizeItem } from '../../lib/pipeline/ports/register-limits.ts';
import type {
  Item,
  Key,
  OutboxEntry,
  Page,
  Query,
  RegisterStore,
  StoredItem,
} from '../../lib/pipeline/ports/register-store.ts';
import type { Work, WorkQueue } from '../../lib/pipeline/ports/work-queue.ts';

interface Entry extends OutboxEntry {
  due: number;
  at: string | null;
  attempt: number;
  lapsed: number;
  held: boolean;
  state: 'waiting' | 'done' | 'buried';
  cause: string;
}

export interface MemoryStore {
  readonly register: RegisterStore;
  readonly work: WorkQueue;
}

export function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function nameOf({ pk, sk }: Key): string {
  return JSON.stringify([pk, sk]);
}

function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Answers a query from all items, as the port says. */
export function pageOf(all: readonly StoredItem[], query: Query): Page {
  const { pk, index, beginsWith, between, order = 'ascending', limit = Infinity, after } = query;
  const bad = (why: string): CavendishError => new CavendishError('bad-input', why);
  for (const sk of [...(between ?? []), beginsWith ?? '-']) checkKey({ pk, sk });
  if (beginsWith !== undefined && between !== undefined) throw bad('both beginsWith and between');
  if (between !== undefined && byUtf8(...between) > 0) throw bad('upside down');
  if (limit !== Infinity && !(Number.isSafeInteger(limit) && limit > 0)) throw bad('limit');
  const scope = `${index ?? ''} ${pk} `;
  if (after !== undefined && !after.startsWith(scope)) throw bad('after another query');

  const sign = order === 'ascending' ? 1 : -1;
  const position = (item: StoredItem): readonly [string, string, string] => [keyOf(item)?.sk ?? '', item.pk, item.sk];
  const keyOf = (item: StoredItem): Key | undefined => (index === undefined ? item : item.indexes?.[index]);
  const compare = (a: readonly string[], b: readonly string[]): number =>
    a.map((part, place) => byUtf8(part, b[place] ?? '')).find((difference) => difference !== 0) ?? 0;
  const start = after === undefined ? null : (JSON.parse(after.slice(scope.length)) as readonly string[]);

  const isWithin = (sk: string): boolean =>
    sk.startsWith(beginsWith ?? '') &&
    (between === undefined || (byUtf8(between[0], sk) <= 0 && byUtf8(sk, between[1]) <= 0));
  if (start !== null && !isWithin(start[0] ?? '')) throw bad('after a page of another range');

  const found = all
    .filter((item) => {
      const key = keyOf(item);
      if (key?.pk !== pk || !isWithin(key.sk)) return false;
      return start === null || sign * compare(position(item), start) > 0;
    })
    .sort((a, b) => sign * compare(position(a), position(b)));

  let size = 0;
  const tooMany = found.findIndex((item, place) => {
    size += sizeItem(item).size;
    return place > 0 && (place >= limit || size > LIMITS.page);
  });
  const items = tooMany < 0 ? found : found.slice(0, tooMany);
  const last = items.at(-1);
  return {
    items: copy(items),
    next: tooMany < 0 || last === undefined ? null : scope + JSON.stringify(position(last)),
  };
}

export function memoryStore({ leaseSeconds = 900 } = {}): MemoryStore {
  const items = new Map<string, StoredItem>();
  const entries: Entry[] = [];

  const register: RegisterStore = {
    async get(key) {
      checkKey(key);
      return copy(items.get(nameOf(key)) ?? null);
    },
    async query(query) {
      return pageOf([...items.values()], query);
    },
    async commit(commit) {
      sizeCommit(commit);
      const { puts, history = [], outbox = [] } = copy(commit);
      const conflict = ({ pk, sk }: Key): CavendishError => new CavendishError('conflict', `${pk} ${sk}`);
      const news = history.filter((item) => {
        const held = items.get(nameOf(item));
        if (held !== undefined && !sameItem(held, item)) throw conflict(item);
        return held === undefined;
      });
      for (const { item, when } of puts) {
        const version = items.get(nameOf(item))?.version;
        if (version !== (when === 'absent' ? undefined : when.version)) throw conflict(item);
      }
      for (const item of [...puts.map((put) => put.item), ...news]) {
        items.set(nameOf(item), { ...item, version: (items.get(nameOf(item))?.version ?? 0) + 1 });
      }
      for (const entry of outbox) {
        if (entries.some(({ id }) => id === entry.id)) continue;
        entries.push({ ...entry, due: 0, at: null, attempt: 0, lapsed: 0, held: false, state: 'waiting', cause: '' });
      }
    },
  };

  function held({ id, attempt }: Work): Entry | undefined {
    return entries.find((entry) => entry.id === id && entry.attempt === attempt && entry.state === 'waiting');
  }

  function claimed(entry: Entry, now: Date): Work {
    entry.due = now.getTime() + leaseSeconds * 1000;
    entry.at ??= now.toISOString();
    entry.attempt += 1;
    if (entry.held) entry.lapsed += 1;
    entry.held = true;
    const { id, type, body, at, attempt, lapsed } = entry;
    return copy({ id, type, body, at, attempt, lapsed });
  }

  const work: WorkQueue = {
    async claim(now, types) {
      const [entry] = entries
        .filter(
          ({ state, due, type }) => state === 'waiting' && due <= now.getTime() && types?.includes(type) !== false,
        )
        .sort((a, b) => a.due - b.due);
      return entry === undefined ? null : claimed(entry, now);
    },
    async take(id, now) {
      const entry = entries.find((one) => one.id === id);
      if (entry === undefined) return { outcome: 'unknown' };
      if (entry.state !== 'waiting') return { outcome: 'ended' };
      if (entry.due > now.getTime()) return { outcome: 'not-due', until: new Date(entry.due) };
      return { outcome: 'taken', work: claimed(entry, now) };
    },
    async due(now, limit) {
      return entries
        .filter(({ state, due }) => state === 'waiting' && due <= now.getTime())
        .sort((a, b) => a.due - b.due)
        .slice(0, limit)
        .map(({ id, type, due }) => ({ id, type, due: due === 0 ? null : new Date(due) }));
    },
    async revive(id) {
      const entry = entries.find((one) => one.id === id && one.state === 'buried');
      if (entry === undefined) return null;
      Object.assign(entry, { state: 'waiting', due: 0, at: null, attempt: 0, lapsed: 0, held: false, cause: '' });
      return entry.type;
    },
    async done({ id }) {
      for (const entry of entries) if (entry.id === id) entry.state = 'done';
    },
    async retry(claimed, cause, notBefore) {
      const entry = held(claimed);
      if (entry !== undefined) Object.assign(entry, { due: notBefore.getTime(), cause, held: false });
    },
    async bury(claimed, cause) {
      const entry = held(claimed);
      if (entry !== undefined) Object.assign(entry, { state: 'buried', cause, held: false });
    },
    async state() {
      return {
        waiting: entries.filter(({ state }) => state === 'waiting').length,
        buried: entries.filter(({ state }) => state === 'buried').map(({ id, type, cause }) => ({ id, type, cause })),
      };
    },
  };
  return { register, work };
}

function sameItem(a: Item, b: Item): boolean {
  return [a, b].map(({ body, indexes = {} }) => contentId({ body, indexes })).every((id, _, [first]) => id === first);
}
