/** A home in memory with one Debian image in a registry, and the work that a push of it leaves. */
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import { CavendishError } from '../../lib/core/errors/error.ts';
import type { OpenImage } from '../../lib/core/image/open-image.ts';
import { type Placement, placementName } from '../../lib/core/image/placement.ts';
import type { PlacementJob } from '../../lib/pipeline/judge-placement/placement-job.ts';
import type { FeedPart } from '../../lib/pipeline/ports/feed-source.ts';
import type { ImageSource } from '../../lib/pipeline/ports/image-source.ts';
import type { OutboxEntry } from '../../lib/pipeline/ports/register-store.ts';
import type { WorkQueue } from '../../lib/pipeline/ports/work-queue.ts';
import { JUDGE_PLACEMENT, PLAN_AGAIN } from '../../lib/pipeline/work/work-types.ts';
import { anAppetiteFile } from './appetites.ts';
import { aDigest } from './assessments.ts';
import { dpkgStatus, osRelease } from './debian.ts';
import { about, aFeedHome, AT } from './feed-home.ts';
import { advisory } from './feed-parts.ts';
import { type BuiltImage, file, image, layer, openImage } from './images.ts';

/** Criteria that every image with a finding breaks. */
const STRICT = anAppetiteFile({
  production: ['criteria: [{ id: none, says: No finding., finding: "true" }]'],
  assets: [
    '- { id: shop, owner: shop team, stage: production, exposure: internet, criticality: high, repositories: [team/*] }',
  ],
});

export async function aDebianImage(names: readonly string[] = ['perl']): Promise<BuiltImage> {
  const packages = names.map((name) => ({ name, version: '5.36.0-7' }));
  return image([await layer([file('etc/os-release', osRelease()), file('var/lib/dpkg/status', dpkgStatus(packages))])]);
}

export function aPlacement(built: BuiltImage, repository = 'team/app'): Placement {
  return {
    account: '111122223333',
    region: 'eu-central-1',
    registry: 'ecr',
    repository,
    digest: built.manifest.digest,
  };
}

const ONE_ADVISORY = [advisory(about('DSA-1', '2026-08-01T00:00:00.000Z', 'perl'))];

/** Ends work of a type that a test is not about. */
export async function endWork(queue: WorkQueue, type: string): Promise<void> {
  for (let work = await queue.claim(AT, [type]); work !== null; work = await queue.claim(AT, [type])) {
    await queue.done(work);
  }
}

/** @param opened - in place of the image that is there */
export async function aPlacedHome(
  built: BuiltImage,
  opened: OpenImage = openImage(built),
  advisories: readonly FeedPart[] = ONE_ADVISORY,
) {
  const { store, evidence, intelligence, take } = aFeedHome();
  await take(advisories);
  await endWork(store.work, PLAN_AGAIN);
  const held = new Map([[placementName(aPlacement(built)), opened]]);
  const images: ImageSource = {
    async open(reference) {
      const found = held.get(reference);
      if (found === undefined) throw new CavendishError('not-found', `${reference} is not there`);
      return await Promise.resolve({
        reference,
        images: [found],
        unreadable: [],
        skipped: [],
        close: () => Promise.resolve(),
      });
    },
  };
  const appetite = { hash: aDigest('appetite'), source: 'a test', value: parseAppetite(STRICT, 'a test') };
  const judging = { ...store, evidence, intelligence, appetite, images, referenceOf: placementName };
  return { ...judging, store, judging, now: AT };
}

export function placementWork(placement: Placement, given: Partial<PlacementJob> = {}, id = 'push-1'): OutboxEntry {
  const platform = { os: 'linux', architecture: 'amd64' };
  const job: PlacementJob = { placement, platform, tag: '1.0', asOf: null, ...given };
  return { id: `${JUDGE_PLACEMENT}#${id}`, type: JUDGE_PLACEMENT, body: { ...job } };
}
