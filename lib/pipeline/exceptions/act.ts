/** What every act upon an exception has at hand, and who may decide on it. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { mayApprove, personNamed, personOf } from '../../core/appetite/people.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { assetsInScope, type ScopedAsset } from '../../core/exceptions/assets-in-scope.ts';
import type { Exception, Who } from '../../core/exceptions/exception.ts';
import { type Caller, callerName } from '../../core/people/caller.ts';
import { placementsOf } from '../lineage/follow-rows.ts';
import type { OperationContext } from '../operations/operation.ts';
import type { RegisterStore } from '../ports/register-store.ts';

export type Acting = Pick<OperationContext, 'caller' | 'at' | 'register' | 'evidence' | 'appetite'>;

export function whoOf({ principal, person }: Pick<Caller, 'principal' | 'person'>): Who {
  return { principal, person };
}

/** The assets that an exception may concern. */
export async function scopedAssets(
  { scope: { images } }: Pick<Exception['terms'], 'scope'>,
  appetite: Appetite,
  register: RegisterStore,
): Promise<readonly ScopedAsset[]> {
  const repositories: string[] = [];
  if ('digest' in images) {
    for await (const { repository } of placementsOf([images.digest], register)) repositories.push(repository);
  }
  return assetsInScope(images, repositories, appetite);
}

/**
 * Only people of the appetite decide, and only on what it lets them: on every stage and every asset of the scope.
 *
 * @throws CavendishError `forbidden`
 */
export function allowDecision(
  caller: Caller,
  { id, terms }: Exception,
  assets: readonly ScopedAsset[],
  appetite: Appetite,
): void {
  const person = caller.person === null ? null : personNamed(appetite, caller.person);
  if (person === null) {
    throw new CavendishError(
      'forbidden',
      `${caller.principal} is nobody whom the appetite names, and may only request`,
      {
        next: 'Name who that is under "people" in the appetite, with the role approver.',
      },
    );
  }
  for (const stage of terms.scope.stages) {
    const missing = assets.find((about) => !mayApprove(appetite, person, { stage, ...about }));
    if (missing === undefined) continue;
    const what = missing.asset === null ? 'what no asset names' : `the asset ${missing.asset}`;
    throw new CavendishError(
      'forbidden',
      `${callerName(caller)} may not decide on ${id}: it concerns ${what} (criticality ${missing.criticality}) in ${stage}`,
      { next: 'Who may is said in the appetite, under "people" (role approver) and "exceptions.approvers".' },
    );
  }
}

/**
 * Whoever asked is who the appetite knows them as now: a principal that was nobody's when it asked, and is somebody's
 * since, is no way to approve one's own request.
 *
 * @throws CavendishError `forbidden`
 */
export function expectAnotherThanAsked({ person }: Caller, { id, requester }: Exception, appetite: Appetite): void {
  const asker = personOf(appetite, requester.principal)?.name;
  if (asker === undefined || asker !== person) return;
  throw new CavendishError('forbidden', `${id} was asked for by ${requester.principal}, which is ${asker} too`, {
    next: 'Whoever asks does not decide: have another approver do it.',
  });
}
