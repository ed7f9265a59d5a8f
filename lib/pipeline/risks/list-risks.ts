/** Lists the register: what is asked for, page by page, as it is or as it was at an instant. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { isOwner } from '../../core/appetite/people.ts';
import type { Stage } from '../../core/image/stage.ts';
import type { Caller } from '../../core/people/caller.ts';
import { ownerOf, type Risk, type Treatment } from '../../core/risks/risk.ts';
import type { Paging, Rows } from '../operations/page.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { asOf, listPage, partitionsOf, riskAssets } from './read-risks.ts';

export interface RiskFilter {
  /** Null: any. */
  readonly owner: string | null;
  readonly asset: string | null;
  readonly stage: Stage | null;
  readonly state: Risk['state'] | null;
  readonly treatment: Treatment['kind'] | null;
  /** ISO 8601: to be mitigated by then. */
  readonly due: string | null;
}

export const EVERY_RISK: RiskFilter = {
  ...{ owner: null, asset: null, stage: null, state: null, treatment: null, due: null },
};

export interface Listing {
  readonly register: RegisterStore;
  readonly caller: Caller;
  readonly appetite: () => Pick<Appetite, 'people'>;
}

/** Pages of the store that one answer reads at most: a filter that fits little ends early, with where it goes on. */
const MOST_PAGES = 20;

/** @param at - as of when; null: as it is */
export async function listRisks(
  filter: RiskFilter,
  at: string | null,
  { limit, after }: Paging,
  listing: Listing,
): Promise<Rows<Risk>> {
  const { register } = listing;
  const assets = filter.asset === null ? await riskAssets(register) : [filter.asset];
  const partitions = partitionsOf(assets);
  const isShown = shownTo(listing);
  const rows: Risk[] = [];
  let next: string | null = after;
  let pages = 0;
  do {
    // Never more than there is room for: where a page ends, the next one begins.
    const page = await listPage(partitions, next, limit - rows.length, register);
    const risks = at === null ? page.risks : await asOf(page.risks, at, register);
    rows.push(...risks.filter((risk) => isShown(risk) && fits(risk, filter)));
    ({ next } = page);
    pages += page.risks.length > 0 ? 1 : 0;
  } while (next !== null && rows.length < limit && pages < MOST_PAGES);
  return { rows, next };
}

function fits(risk: Risk, { owner, asset, stage, state, treatment, due }: RiskFilter): boolean {
  return (
    (owner === null || ownerOf(risk) === owner) &&
    (asset === null || risk.asset === asset) &&
    (stage === null || risk.stages.includes(stage)) &&
    (state === null || risk.state === state) &&
    (treatment === null || risk.treatment.kind === treatment) &&
    (due === null || (risk.treatment.due !== null && risk.treatment.due <= due))
  );
}

/** A developer sees what is theirs; who has another role sees all. On a laptop names are no proof, and nothing is hidden. */
export function shownTo({ caller, appetite }: Pick<Listing, 'caller' | 'appetite'>): (risk: Risk) => boolean {
  if (!caller.enforced || caller.roles.some((role) => role !== 'developer')) return () => true;
  const person = appetite().people.find(({ name }) => name === caller.person);
  return (risk) => person !== undefined && (isOwner(person, risk.assetOwner) || isOwner(person, ownerOf(risk)));
}
