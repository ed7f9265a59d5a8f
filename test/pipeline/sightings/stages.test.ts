/** What runs in production is judged for production: where it stands, as long as it runs. */
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import type { JudgedEvidence } from '../../../lib/core/register/judged-evidence.ts';
import type { Report } from '../../../lib/core/sightings/sighting.ts';
import { decidePlacement } from '../../../lib/pipeline/decide-placement/decide-placement.ts';
import { giveUpPlacement, judgePlacement } from '../../../lib/pipeline/judge-placement/judge-placement.ts';
import type { ImageSource } from '../../../lib/pipeline/ports/image-source.ts';
import type { Work } from '../../../lib/pipeline/ports/work-queue.ts';
import { readBoard } from '../../../lib/pipeline/read-board/read-board.ts';
import { mirrorGone } from '../../../lib/pipeline/registry-events/mirror.ts';
import { followMirror } from '../../../lib/pipeline/registry-events/standing.ts';
import { replayAssessment } from '../../../lib/pipeline/replay-assessment/replay-assessment.ts';
import { scanPlacement } from '../../../lib/pipeline/scan-placement/scan-placement.ts';
import { sight } from '../../../lib/pipeline/sightings/sight.ts';
import { stagesOf, stillCounts } from '../../../lib/pipeline/sightings/stages.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { type BuiltImage, openImage } from '../../support/images.ts';
import { aDebianImage, aPlacedHome, aPlacement, placementWork } from '../../support/placed-work.ts';
import { aReport } from '../../support/sightings.ts';

/** No asset names it: it is judged for testing, which asks nothing. */
const REPOSITORY = 'lab/app';

let built: BuiltImage;
let home: Awaited<ReturnType<typeof aPlacedHome>>;
let appetite: JudgedEvidence['appetite'];

beforeAll(async () => {
  built = await aDebianImage();
});

beforeEach(async () => {
  home = await aPlacedHome(built);
  const text = anAppetiteFile({ production: ['criteria: [{ id: none, says: No finding., finding: "true" }]'] });
  const hash = await home.evidence.put(new TextEncoder().encode(text));
  appetite = { hash, source: 'a test', value: parseAppetite(text, 'a test') };
});

const placement = () => aPlacement(built, REPOSITORY);

function judging() {
  const images: ImageSource = {
    async open(reference) {
      const held = { images: [openImage(built)], unreadable: [], skipped: [] };
      return await Promise.resolve({ reference, ...held, close: () => Promise.resolve() });
    },
  };
  return { ...home.judging, images, appetite };
}

function work(id = 'push-1'): Work {
  const { body, type } = placementWork(placement(), {}, id);
  return { id, type, body, at: home.now.toISOString(), attempt: 1, lapsed: 0 };
}

async function tell(report: Partial<Report> = {}): Promise<void> {
  const at = home.now.toISOString();
  const told = aReport({ digest: built.manifest.digest, at, ...report });
  await sight(told, { register: home.register, now: () => home.now });
}

async function board(all = false) {
  const rows = await readBoard(home.register, { all });
  return rows.map(({ stage, sighted, verdict }) => ({ stage, sighted, verdict }));
}

const SIGHTED = { stage: 'production', sighted: true, verdict: 'no-go' };

describe('a placement that runs in production', () => {
  it('is judged for production besides its own stage, and only while it runs there', async () => {
    await judgePlacement(work(), judging());
    expect(await board()).toEqual([expect.objectContaining({ stage: 'testing' })]);
    expect(await stagesOf(placement(), judging())).toEqual([{ name: 'testing', given: null }]);

    await tell();
    const [production] = await judgePlacement(work('push-2'), judging());

    expect(production).toMatchObject({ assessment: { stage: 'production', stageFrom: 'sighted', verdict: 'no-go' } });
    expect(await board()).toEqual([SIGHTED, expect.objectContaining({ stage: 'testing' })]);
    await expect(replayAssessment(production!.id, home.evidence)).resolves.toMatchObject({ outcome: 'identical' });

    await tell({ ended: true });
    expect(await board()).toEqual([expect.objectContaining({ stage: 'testing' })]);
    expect(await board(true)).toHaveLength(2);
  });

  it('is judged for both at once where it runs already when it is pushed, in one step or in two', async () => {
    await tell();
    const inOneGo = await judgePlacement(work(), judging());
    expect(inOneGo.map(({ assessment }) => assessment.stage)).toEqual(['testing', 'production']);
    expect(await judgePlacement(work('push-2'), judging())).toEqual([]);

    home = await aPlacedHome(built);
    await tell();
    await scanPlacement(work(), judging());
    const decision = await home.work.take('decide-placement#push-1', home.now);
    if (decision.outcome !== 'taken') throw new Error(decision.outcome);
    const inTwo = await decidePlacement(decision.work, judging());
    expect(inTwo.map(({ id }) => id)).toEqual(inOneGo.map(({ id }) => id));
  });

  it('is judged for production where the sighting comes while it is judged', async () => {
    const { register } = home;
    let told = false;
    const late: typeof register = {
      ...register,
      async commit(commit) {
        await register.commit(commit);
        if (told || !commit.puts.some(({ item }) => item.sk.startsWith('CURRENT#'))) return;
        told = true;
        await tell();
      },
    };
    const judged = await judgePlacement(work(), { ...judging(), register: late });
    expect(judged.map(({ assessment }) => assessment.stage)).toEqual(['testing', 'production']);
  });

  it('is unknown for both stages where it can not be scanned', async () => {
    await tell();
    const given = await giveUpPlacement(work(), 'out of memory', judging());
    expect(given.map(({ assessment }) => [assessment.stage, assessment.verdict])).toEqual([
      ['testing', 'unknown'],
      ['production', 'unknown'],
    ]);
  });

  it.each([
    ['testing', { environment: 'testing' as const }],
    ['nowhere any more', { ended: true }],
  ])('is judged for its own stage alone where it runs in %s', async (_, report) => {
    await tell(report);
    expect(await stagesOf(placement(), judging())).toHaveLength(1);
  });

  it('has no stage twice', async () => {
    await tell();
    expect(await stagesOf(aPlacement(built), home.judging)).toEqual([{ name: 'production', given: null }]);
  });
});

describe('an image that its registry no longer holds', () => {
  it('stays on the board, marked so, while it runs, and counts', async () => {
    await judgePlacement(work(), judging());
    await mirrorGone(placement(), { why: 'deleted', at: home.now.toISOString() }, home.register);
    await followMirror(placement(), home.register);
    expect(await board()).toEqual([]);

    await tell({ environment: 'testing' });
    const [row] = await readBoard(home.register, { all: false });
    expect(row).toMatchObject({ gone: { why: 'deleted' }, stage: 'testing' });
    expect(await stillCounts(row!, home.register)).toBe(true);

    await tell({ ended: true });
    expect(await stillCounts(row!, home.register)).toBe(false);
  });
});
