/** The keys of exceptions: what each is, what was done to it, and what it covers. docs/data-model.md draws them. */
import type { ExceptionState } from '../exceptions/exception.ts';
import type { ScopedImages } from '../exceptions/scope.ts';
import type { Digest } from '../image/digest.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An exception as it is now. Listed in the index `board` under its state. */
export function exceptionKey(id: string): Key {
  return { pk: exceptionPartition(id), sk: 'STATE' };
}

/** All of one exception: its changes begin with {@link EXCEPTION_CHANGE_PREFIX}. */
export function exceptionPartition(id: string): string {
  return `EXCEPTION#${id}`;
}

/** A change of an exception, in the order of time: who, when, why, and the exception as it was then. */
export function exceptionChangeKey(id: string, at: string, change: Digest): Key {
  return { pk: exceptionPartition(id), sk: `${EXCEPTION_CHANGE_PREFIX}${at}#${change}` };
}

export const EXCEPTION_CHANGE_PREFIX = 'CHANGE#';

/** That a renewal of the exception was granted: `{ exception }`, the first of them. */
export function renewedKey(id: string): Key {
  return { pk: exceptionPartition(id), sk: 'RENEWED' };
}

/** Where exceptions of a state are listed in the index `board`, in the order in which they were asked for. */
export function exceptionListKey(id: string, state: ExceptionState): Key {
  return { pk: exceptionListPartition(state), sk: id };
}

export function exceptionListPartition(state: ExceptionState): string {
  return `EXCEPTIONS#${state}`;
}

/** The granted exceptions that may cover images of the asset: `{ grant, from, expiry, endedAt }`. */
export function coversAssetPartition(asset: string): string {
  return `COVERS#asset#${asset}`;
}

/** Those that name repositories by a pattern. */
export const COVERS_REPOSITORIES = 'COVERS#repositories';

export function coversDigestPartition(image: Digest): string {
  return `COVERS#digest#${image}`;
}

/** Those that cover a base and all that is built on it. */
export function coversBasePartition(base: Digest): string {
  return `COVERS#base#${base}`;
}

/** The partition of what a scope covers. */
export function coversPartition(images: ScopedImages): string {
  if ('asset' in images) return coversAssetPartition(images.asset);
  if ('repository' in images) return COVERS_REPOSITORIES;
  return 'digest' in images ? coversDigestPartition(images.digest) : coversBasePartition(images.base);
}

/**
 * A grant under what it covers. A control that is withdrawn ends one and begins the next.
 *
 * @param revision - from 1
 */
export function coversKey(images: ScopedImages, id: string, revision: number): Key {
  return { pk: coversPartition(images), sk: `${id}#${String(revision).padStart(4, '0')}` };
}

/** When granted exceptions end, in the order of time. A row stays when the exception ended before. */
export const EXCEPTION_ENDS_PARTITION = 'EXCEPTION-ENDS';

export function exceptionEndKey(end: string, id: string): Key {
  return { pk: EXCEPTION_ENDS_PARTITION, sk: `${end}#${id}` };
}

/** Up to which instant exceptions were ended. */
export const EXCEPTION_ENDS_CURSOR: Key = { pk: 'EXCEPTION-ENDS-CURSOR', sk: 'THROUGH' };

/** Which exception an entry of an applied file stands for: `{ exception, terms }`. */
export function appliedExceptionKey(name: string): Key {
  return { pk: APPLIED_EXCEPTIONS_PARTITION, sk: name };
}

export const APPLIED_EXCEPTIONS_PARTITION = 'APPLIED-EXCEPTIONS';
