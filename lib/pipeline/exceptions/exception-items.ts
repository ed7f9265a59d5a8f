/** An exception in the register: how it is read, and the items that one change of it moves. */
import { contentId } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { type Change, readChange } from '../../core/exceptions/change.ts';
import { type Exception, exceptionSchema, isExceptionId } from '../../core/exceptions/exception.ts';
import {
  EXCEPTION_CHANGE_PREFIX,
  exceptionChangeKey,
  exceptionKey,
  exceptionListKey,
  exceptionPartition,
} from '../../core/register/exception-keys.ts';
import type { Commit, RegisterStore, StoredItem } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { tellEntries } from './tell-entries.ts';

export interface HeldException {
  readonly exception: Exception;
  readonly stored: StoredItem;
}

/** @throws CavendishError `bad-input` where the text names none, `not-found` where it is not there */
export async function readException(text: string, register: RegisterStore): Promise<HeldException> {
  const id = text.trim().toUpperCase();
  if (!isExceptionId(id)) {
    throw new CavendishError('bad-input', `"${text}" is no identifier of an exception`, { next: SEE });
  }
  const stored = await register.get(exceptionKey(id));
  if (stored === null) throw noException(id);
  return { exception: exceptionSchema.parse(stored.body), stored };
}

export function noException(id: string): CavendishError {
  return new CavendishError('not-found', `there is no exception ${id}`, { next: SEE });
}

const SEE = 'See which there are: cavendish exception list --all';

/** Everything that was ever done to it, the oldest first. */
export async function changesOf(id: string, register: RegisterStore): Promise<readonly Change[]> {
  const items = await readAll(register, { pk: exceptionPartition(id), beginsWith: EXCEPTION_CHANGE_PREFIX });
  return items.map(readChange);
}

/** The state that moves, on the condition that nobody else moved it, the history of that, and whom it has to be told. */
export function changeCommit(change: Change, was: StoredItem | null): Required<Commit> {
  const { exception, at } = change;
  const { id, state } = exception;
  const item = { ...exceptionKey(id), body: { ...exception }, indexes: { board: exceptionListKey(id, state) } };
  return {
    puts: [{ item, when: was === null ? 'absent' : { version: was.version } }],
    history: [{ ...exceptionChangeKey(id, at, contentId(change)), body: { ...change } }],
    outbox: tellEntries(change),
  };
}
