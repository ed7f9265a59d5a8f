/** A family of images, judged where each stands: who has a vulnerability, a package or a base is known of each. */
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import type { Placement } from '../../lib/core/image/placement.ts';
import { importFeeds } from '../../lib/pipeline/feeds/import-feeds.ts';
import { judgePlacement } from '../../lib/pipeline/judge-placement/judge-placement.ts';
import type { EvidenceStore } from '../../lib/pipeline/ports/evidence-store.ts';
import type { Intelligence } from '../../lib/pipeline/ports/intelligence.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import { anAppetiteFile } from './appetites.ts';
import { aFamily, type Member } from './family.ts';
import { about, AT } from './feed-home.ts';
import { advisory, aSource } from './feed-parts.ts';
import { openImage } from './images.ts';
import { aPlacement, placementWork } from './placed-work.ts';

interface Stores {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly intelligence: Intelligence;
}

const REPOSITORIES: Readonly<Record<Member, string>> = {
  debian: 'base/debian',
  python: 'base/python',
  shop: 'team/shop',
  desk: 'team/desk',
  deskLabelled: 'lab/desk',
};

const APPETITE = anAppetiteFile({
  production: ['criteria: [{ id: none, says: No finding., finding: "true" }]'],
  assets: [
    '- { id: base, owner: platform team, stage: testing, exposure: none, criticality: low, repositories: [base/*] }',
    '- { id: team, owner: shop team, stage: production, exposure: internet, criticality: high, repositories: [team/*] }',
  ],
});

/** DSA-1 is of perl, which Debian brings; DSA-2 of nginx, which is the shop's own. */
export async function judgeFamily(stores: Stores): Promise<Readonly<Record<Member, Placement>>> {
  const since = '2026-08-01T00:00:00.000Z';
  const sources = aSource([advisory(about('DSA-1', since, 'perl')), advisory(about('DSA-2', since, 'nginx'))]);
  await importFeeds({ sources, at: AT }, stores);
  const hash = await stores.evidence.put(new TextEncoder().encode(APPETITE));
  const appetite = { hash, source: 'a test', value: parseAppetite(APPETITE, 'a test') };
  const family = await aFamily();
  const placed: Partial<Record<Member, Placement>> = {};
  for (const [member, repository] of Object.entries(REPOSITORIES) as [Member, string][]) {
    const built = family[member];
    const placement = aPlacement(built, repository);
    const images = {
      async open(reference: string) {
        const held = { images: [openImage(built)], unreadable: [], skipped: [] };
        return await Promise.resolve({ reference, ...held, close: () => Promise.resolve() });
      },
    };
    const { type, body } = placementWork(placement);
    const work = { id: member, type, body, at: AT.toISOString(), attempt: 1, lapsed: 0 };
    await judgePlacement(work, { ...stores, appetite, images, referenceOf: ({ digest }) => digest });
    placed[member] = placement;
  }
  return placed as Record<Member, Placement>;
}
