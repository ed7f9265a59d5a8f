/**
 * Asks for what a file in version control says: what is new in it, and what it says otherwise. Applied twice it asks
 * once. To approve, refuse and end stays with people, whatever the file says or no longer says.
 */
import { z } from 'zod';

import { contentId } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { ExceptionState } from '../../core/exceptions/exception.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import { APPLIED_EXCEPTIONS_PARTITION, appliedExceptionKey } from '../../core/register/exception-keys.ts';
import type { StoredItem } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import type { Acting } from './act.ts';
import { type AskedTerms, askedTerms, termsOf } from './asked-terms.ts';
import { readException } from './exception-items.ts';
import { requestException } from './request-exception.ts';

export const appliedEntry = z.strictObject({
  /** By which the entry is known from one version of the file to the next. */
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,127}$/u, 'it has small letters, digits, dots, dashes and underscores'),
  terms: askedTerms,
});

export type AppliedEntry = z.output<typeof appliedEntry>;

/** Body of the item at `appliedExceptionKey`. */
const appliedRow = z.object({ exception: z.string(), terms: digestSchema });

export interface Planned {
  readonly name: string;
  /**
   * `request`: it is new, or other than what is over. `renew`: it is other than what is in force. `pending`: it is other
   * than what is still asked for. `unchanged`. `gone`: the file no longer has it.
   */
  readonly does: 'request' | 'renew' | 'pending' | 'unchanged' | 'gone';
  /** The one that it stood for until now; null where it is new. */
  readonly exception: string | null;
  /** Of that. */
  readonly state: ExceptionState | null;
}

export interface Applied extends Planned {
  /** What was asked for; null: nothing. */
  readonly requested: string | null;
}

type Applying = Pick<Acting, 'register'>;

/** @throws CavendishError `bad-input` where two entries have one name */
export async function planExceptions(
  entries: readonly AppliedEntry[],
  { register }: Applying,
): Promise<readonly Planned[]> {
  const names = entries.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new CavendishError('bad-input', `two entries are called ${twice}`);
  const known = await readAll(register, { pk: APPLIED_EXCEPTIONS_PARTITION });
  const gone = known.filter(({ sk }) => !names.includes(sk));
  return [
    ...(await Promise.all(
      entries.map((entry) => planOne(entry, known.find(({ sk }) => sk === entry.name) ?? null, register)),
    )),
    ...(await Promise.all(gone.map((item) => planGone(item, register)))).filter(({ state }) => isStanding(state)),
  ];
}

/** @throws CavendishError as a request does; entries before the one that fails are asked for, and not again next time */
export async function applyExceptions(entries: readonly AppliedEntry[], acting: Acting): Promise<readonly Applied[]> {
  const planned = await planExceptions(entries, acting);
  const applied: Applied[] = [];
  for (const one of planned) {
    const entry = entries.find(({ name }) => name === one.name);
    const asks = entry !== undefined && (one.does === 'request' || one.does === 'renew');
    applied.push({ ...one, requested: asks ? await ask(entry, one, acting) : null });
  }
  return applied;
}

async function ask(
  { name, terms }: AppliedEntry,
  { does, exception: before }: Planned,
  acting: Acting,
): Promise<string> {
  const { register } = acting;
  return await untilNoConflict(async () => {
    const stored = await register.get(appliedExceptionKey(name));
    const draft = await termsOf(terms, acting);
    const { exception } = await requestException({ terms: draft, renews: does === 'renew' ? before : null }, acting, {
      also: ({ id }) => [
        {
          item: { ...appliedExceptionKey(name), body: { exception: id, terms: termsId(terms) } },
          when: stored === null ? 'absent' : { version: stored.version },
        },
      ],
    });
    return exception.id;
  });
}

async function planOne(
  { name, terms }: AppliedEntry,
  stored: StoredItem | null,
  register: Applying['register'],
): Promise<Planned> {
  if (stored === null) return { name, does: 'request', exception: null, state: null };
  const row = appliedRow.parse(stored.body);
  const { state } = (await readException(row.exception, register)).exception;
  const about = { name, exception: row.exception, state };
  if (row.terms === termsId(terms)) return { ...about, does: 'unchanged' };
  if (state === 'requested') return { ...about, does: 'pending' };
  return { ...about, does: state === 'granted' ? 'renew' : 'request' };
}

async function planGone({ sk: name, body }: StoredItem, register: Applying['register']): Promise<Planned> {
  const { exception } = appliedRow.parse(body);
  const { state } = (await readException(exception, register)).exception;
  return { name, does: 'gone', exception, state };
}

function isStanding(state: ExceptionState | null): boolean {
  return state === 'requested' || state === 'granted';
}

function termsId(terms: AskedTerms): ReturnType<typeof contentId> {
  return contentId(terms);
}
