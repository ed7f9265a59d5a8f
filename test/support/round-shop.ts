/** A shop of three images, two of them of one base, for tests of rounds. */
import type { Current } from '../../lib/core/register/current.ts';
import { affecting, anAdvisory } from './advisory-builders.ts';
import { anAppetiteFile } from './appetites.ts';
import { advisory, cve, epss, kev } from './feed-parts.ts';
import { aRoundHome, type RoundHome } from './rounds.ts';

/** What the shop judges by, with this criterion for production. */
export function shopAppetite(
  criterion = 'id: listed, says: Nothing is known to be exploited., finding: finding.kev.listed',
) {
  return anAppetiteFile({
    production: ['maxAgeDays: { kev: 400 }', 'tolerate: [feed-missing]', `criteria: [{ ${criterion} }]`],
    assets: [
      '- { id: trial, owner: trial team, stage: testing, exposure: internal, criticality: low, repositories: [trial/*] }',
      '- { id: shop, owner: shop team, stage: production, exposure: internet, criticality: high, repositories: [shop/*] }',
    ],
  });
}

export const DAY = '2026-08-01T00:00:00.000Z';
export const LATER = '2026-08-02T00:00:00.000Z';

/** An advisory about a package, fixed in 9. */
export function about(id: string, name: string) {
  return advisory(anAdvisory(id, { affected: [affecting([{ introduced: '0' }, { fixed: '9' }], { name })] }));
}

export async function aShop() {
  const home = aRoundHome(shopAppetite(), DAY);
  const parts = [
    about('CVE-2026-0001', 'perl'),
    about('CVE-2026-0002', 'zlib'),
    kev(DAY),
    cve('CVE-2026-0001', DAY),
    ...epss(DAY, 'CVE-2026-0001'),
  ];
  await home.take(parts, { complete: ['Debian:12'] });
  await home.work();
  const base = ['libc 1', 'perl 1'];
  await home.push({ repository: 'shop/cart', layers: [base, ['curl 1']] });
  await home.push({ repository: 'shop/pay', layers: [base, ['zlib 1']] });
  await home.push({ repository: 'shop/none', layers: [['libc 1']] });
  await home.work();
  return home;
}

/** The current verdict of an image of the shop. */
export async function placed(home: RoundHome, name: string, team = 'shop'): Promise<Current> {
  const repository = name.includes('/') ? name : `${team}/${name}`;
  const found = (await home.board()).find(({ placement }) => placement.repository === repository);
  if (found === undefined) throw new Error(`${repository} is not there`);
  return found;
}
