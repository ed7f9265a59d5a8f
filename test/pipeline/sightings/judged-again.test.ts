/** What runs is judged again when feeds change, also where nobody else would ask after it any more. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { Placement } from '../../../lib/core/image/placement.ts';
import type { Report } from '../../../lib/core/sightings/sighting.ts';
import { readBoard } from '../../../lib/pipeline/read-board/read-board.ts';
import { mirrorGone } from '../../../lib/pipeline/registry-events/mirror.ts';
import { followMirror } from '../../../lib/pipeline/registry-events/standing.ts';
import { sight } from '../../../lib/pipeline/sightings/sight.ts';
import { affecting, anAdvisory } from '../../support/advisory-builders.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { advisory, cve, epss, kev } from '../../support/feed-parts.ts';
import { aRoundHome, type RoundHome } from '../../support/rounds.ts';
import { aReport } from '../../support/sightings.ts';

const APPETITE = anAppetiteFile({
  production: ['criteria: [{ id: listed, says: Nothing is known to be exploited., finding: finding.kev.listed }]'],
});
const day = (number: number): string => `2026-08-0${String(number)}T00:00:00.000Z`;

let home: RoundHome;
let placement: Placement;

beforeEach(async () => {
  home = aRoundHome(APPETITE, day(1));
  const about = [affecting([{ introduced: '0' }, { fixed: '9' }])];
  const parts = [advisory(anAdvisory('CVE-2026-0001', { affected: about })), cve('CVE-2026-0001', day(1))];
  await home.take([...parts, kev(day(1)), ...epss(day(1), 'CVE-2026-0001')], { complete: ['Debian:12'] });
  placement = await home.push({ repository: 'lab/app', layers: [['perl 1']] });
  await home.work();
});

afterEach(() => {
  home.store.close();
});

async function tell(report: Partial<Report> = {}): Promise<void> {
  const { register } = home.store;
  const told = aReport({ digest: placement.digest, at: home.now(), ...report });
  await sight(told, { register, now: () => new Date(home.now()) });
  await home.work();
}

async function verdicts() {
  const board = await readBoard(home.store.register, { all: false });
  return board.map(({ stage, verdict, gone }) => `${stage} ${verdict}${gone === null ? '' : ` ${gone.why}`}`);
}

/** A vulnerability that the image has is exploited from now on. */
async function exploited(at: string): Promise<void> {
  home.at(at);
  await home.take([kev(at, 'CVE-2026-0001')]);
  await home.work();
}

describe('an image that runs in production', () => {
  it('has a verdict for production as soon as that is told, and news of it afterwards', async () => {
    expect(await verdicts()).toEqual(['testing go']);
    await tell();
    expect(await verdicts()).toEqual(['production go', 'testing go']);

    await exploited(day(2));
    expect(await verdicts()).toEqual(['production no-go', 'testing go']);
    expect(home.notices.at(-1)?.subject).toMatch(/CVE-2026-0001 is exploited now.*running/u);
    expect(home.notices.at(-1)?.subject).not.toContain('none running');
  });

  it('stays judged when its registry has lost it', async () => {
    await tell();
    await mirrorGone(placement, { why: 'deleted', at: home.now() }, home.store.register);
    await followMirror(placement, home.store.register);
    await exploited(day(2));
    expect(await verdicts()).toEqual(['production no-go deleted', 'testing go deleted']);

    home.at(day(3));
    await tell({ ended: true });
    expect(await verdicts()).toEqual([]);
  });

  it('is let be once it runs no longer', async () => {
    await tell();
    home.at(day(2));
    await tell({ ended: true });
    await exploited(day(3));
    expect(await verdicts()).toEqual(['testing go']);
    expect(home.notices.at(-1)?.subject).toMatch(/: 1 image, none running$/u);
  });
});
