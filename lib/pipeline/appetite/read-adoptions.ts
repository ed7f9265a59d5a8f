/** Every adoption, the newest first. */
import { type Adoption, readAdoption } from '../../core/appetite/adoption.ts';
import { ADOPTED_PREFIX, APPETITE_PARTITION } from '../../core/register/appetite-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';

export interface AdoptionsPage {
  readonly rows: readonly Adoption[];
  /** Give it as `after` for the next page; null at the end. */
  readonly next: string | null;
}

export async function readAdoptions(
  { limit, after }: { readonly limit: number; readonly after: string | null },
  register: RegisterStore,
): Promise<AdoptionsPage> {
  const { items, next } = await register.query({
    ...{ pk: APPETITE_PARTITION, beginsWith: ADOPTED_PREFIX, order: 'descending' as const, limit },
    ...(after !== null && { after }),
  });
  return { rows: items.map(readAdoption), next };
}
