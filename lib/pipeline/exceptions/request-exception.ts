/**
 * Asks for an exception. Anybody may ask; nothing follows from it until another person grants it.
 *
 * The same thing asked for twice at one instant is one request.
 */
import { didYouMean } from '../../core/appetite/nearest.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Draft, Exception } from '../../core/exceptions/exception.ts';
import { lacksOf } from '../../core/exceptions/lacks.ts';
import { requested } from '../../core/exceptions/transitions.ts';
import { exceptionKey } from '../../core/register/exception-keys.ts';
import type { Put } from '../ports/register-store.ts';
import { type Acting, scopedAssets, whoOf } from './act.ts';
import { changeCommit, readException } from './exception-items.ts';

interface Asked {
  readonly terms: Draft;
  /** The granted exception that this one is to take the place of; null: none. */
  readonly renews: string | null;
}

export interface Requested {
  readonly exception: Exception;
  /** What stands between it and its grant; only what is imported may lack anything. */
  readonly lacks: readonly string[];
}

interface Manner {
  /** Refuses what could not be granted as it is. @default true */
  readonly whole?: boolean;
  /** What is put with the request, or not at all. */
  readonly also?: (exception: Exception) => readonly Put[];
}

/**
 * @throws CavendishError `bad-input` naming all that is missing, `not-found` where there is none to renew
 */
export async function requestException(
  { terms, renews }: Asked,
  { caller, at, register, appetite }: Acting,
  { whole = true, also = () => [] }: Manner = {},
): Promise<Requested> {
  expectAsset(terms, appetite.value);
  if (renews !== null) await expectGranted(renews, register);
  const assets = await scopedAssets(terms, appetite.value, register);
  const lacks = lacksOf(terms, appetite.value, { at, assets });
  if (whole && lacks.length > 0) {
    throw new CavendishError('bad-input', `the request could not be granted as it is: ${lacks.join('; ')}`, {
      next: 'What an exception needs, and how long it may hold, is said in the appetite under "exceptions".',
    });
  }
  const exception = requested(terms, { requester: whoOf(caller), at, renews });
  const change = { did: 'requested', at, by: whoOf(caller), why: terms.reason, exception } as const;
  const known = (await register.get(exceptionKey(exception.id))) !== null;
  const { puts, ...rest } = known ? { puts: [] } : changeCommit(change, null);
  await register.commit({ ...rest, puts: [...puts, ...also(exception)] });
  return { exception, lacks };
}

function expectAsset({ scope: { images } }: Draft, { assets }: Acting['appetite']['value']): void {
  if (!('asset' in images) || assets.some(({ id }) => id === images.asset)) return;
  const known = assets.map(({ id }) => id);
  throw new CavendishError(
    'bad-input',
    `the appetite has no asset "${images.asset}": ${didYouMean(images.asset, known)}`,
  );
}

async function expectGranted(id: string, register: Acting['register']): Promise<void> {
  const { exception } = await readException(id, register);
  if (exception.state === 'granted') return;
  throw new CavendishError('bad-input', `${exception.id} is ${exception.state}: only what is in force can be renewed`, {
    next: 'Ask for a new one: cavendish exception request',
  });
}
