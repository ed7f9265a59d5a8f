import { describe, expect, it } from '@jest/globals';

import { CavendishError } from '../../../lib/core/errors/error.ts';
import { decidePlacement, giveUpDecision } from '../../../lib/pipeline/decide-placement/decide-placement.ts';
import { judgePlacement } from '../../../lib/pipeline/judge-placement/judge-placement.ts';
import type { OutboxEntry, RegisterStore } from '../../../lib/pipeline/ports/register-store.ts';
import type { Work, WorkQueue } from '../../../lib/pipeline/ports/work-queue.ts';
import { giveUpScan, scanPlacement } from '../../../lib/pipeline/scan-placement/scan-placement.ts';
import { openImage } from '../../support/images.ts';
import { aDebianImage, aPlacedHome, aPlacement, placementWork } from '../../support/placed-work.ts';

async function taken(queue: WorkQueue, id: string, now: Date): Promise<Work> {
  const result = await queue.take(id, now);
  if (result.outcome !== 'taken') throw new Error(`${id}: ${result.outcome}`);
  return result.work;
}

async function put(register: RegisterStore, entry: OutboxEntry): Promise<void> {
  await register.commit({ puts: [], outbox: [entry] });
}

const built = await aDebianImage();
const entry = placementWork(aPlacement(built));
const DECISION = `decide-placement#${entry.id}`;

/** A home whose scan was taken in hand. */
async function atWork(home = aPlacedHome(built)) {
  const { register, work, judging, now } = await home;
  await put(register, entry);
  const scan = await taken(work, entry.id, now);
  const decide = async () => await taken(work, DECISION, new Date(now.getTime() + 3_600_000));
  return { register, work, judging, now, scan, decide };
}

describe('scanning and deciding apart', () => {
  it('ends in the assessment that judging in one go ends in, as of the scan', async () => {
    const whole = await atWork();
    const [inOneGo] = await judgePlacement(whole.scan, whole.judging);
    const apart = await atWork();
    await scanPlacement(apart.scan, apart.judging);
    const [inTwo] = await decidePlacement(await apart.decide(), apart.judging);

    expect(inTwo).toMatchObject({ id: inOneGo?.id, announced: true, assessment: { verdict: 'no-go' } });
    expect(inTwo?.assessment.at).toBe(apart.now.toISOString());
  });

  it('leaves one decision however often the scan runs, and scans a layer once', async () => {
    let read = 0;
    const opened = openImage(built);
    const counted = aPlacedHome(built, {
      ...opened,
      readLayer: async (layer, signal) => {
        read += 1;
        return await opened.readLayer(layer, signal);
      },
    });
    const { scan, judging, work } = await atWork(counted);
    await scanPlacement(scan, judging);
    await scanPlacement(scan, judging);

    expect(read).toBe(1);
    expect(await work.state()).toMatchObject({ waiting: 2 });
  });

  it('scans and decides nothing that was judged on the same basis', async () => {
    const { scan, judging, decide } = await atWork();
    await scanPlacement(scan, judging);
    await decidePlacement(await decide(), judging);
    const again = { ...scan, id: 'judge-placement#push-2', at: '2026-11-23T08:00:00.000Z' };

    expect(await scanPlacement(again, judging)).toBeNull();
  });

  it('decides nothing that another judged on the same basis meanwhile', async () => {
    const { scan, judging, decide } = await atWork();
    await scanPlacement(scan, judging);
    await judgePlacement(scan, judging);

    expect(await decidePlacement(await decide(), judging)).toEqual([]);
  });

  it('ends a scan that is stopped by the deadline as unknown, with the cause', async () => {
    const hung = { ...openImage(built), readLayer: () => Promise.withResolvers<never>().promise };
    const { scan, judging, decide } = await atWork(aPlacedHome(built, hung));
    const deadline = new AbortController();
    const scanning = scanPlacement(scan, { ...judging, signal: deadline.signal });
    deadline.abort(new CavendishError('limit-exceeded', 'not finished within 14 minutes'));

    expect(await scanning).toMatchObject({ packages: null, cause: 'not finished within 14 minutes' });
    const [ended] = await decidePlacement(await decide(), judging);
    expect(ended).toMatchObject({
      assessment: {
        verdict: 'unknown',
        gaps: expect.arrayContaining([
          expect.objectContaining({ kind: 'limit-exceeded', message: 'not finished within 14 minutes' }),
        ]),
      },
    });
  });

  it('ends a registry that does not answer by the deadline as unknown, and lets go of what opens late', async () => {
    const { scan, judging, decide } = await atWork();
    const opening = Promise.withResolvers<never>();
    const deadline = new AbortController();
    const images = { open: () => opening.promise };
    const scanning = scanPlacement(scan, { ...judging, images, signal: deadline.signal });
    deadline.abort(new CavendishError('limit-exceeded', 'not finished within 14 minutes'));

    expect(await scanning).toMatchObject({ cause: 'not finished within 14 minutes' });
    expect(await decidePlacement(await decide(), judging)).toMatchObject([{ assessment: { verdict: 'unknown' } }]);
  });

  it('throws for another try where the registry is away', async () => {
    const { scan, judging } = await atWork();
    const images = { open: () => Promise.reject(new CavendishError('unavailable', 'no answer')) };

    await expect(scanPlacement(scan, { ...judging, images })).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('giving up', () => {
  it('ends a scan as unknown with the cause, and the next push is judged', async () => {
    const { scan, judging, register, decide } = await atWork();
    await giveUpScan(scan, 'out of memory', register);
    const [ended] = await decidePlacement(await decide(), judging);
    const next = { ...scan, id: 'judge-placement#push-2', at: '2026-11-23T08:00:00.000Z' };

    expect(ended).toMatchObject({
      announced: true,
      assessment: {
        verdict: 'unknown',
        gaps: expect.arrayContaining([expect.objectContaining({ message: 'the scan failed: out of memory' })]),
      },
    });
    expect(await judgePlacement(next, judging)).toMatchObject([{ assessment: { verdict: 'no-go' }, announced: true }]);
  });

  it('ends a decision as unknown with the cause, once', async () => {
    const { scan, judging, decide } = await atWork();
    await scanPlacement(scan, judging);
    const decision = await decide();

    const [ended] = await giveUpDecision(decision, 'a bucket is altered', judging);
    expect(ended).toMatchObject({
      announced: true,
      assessment: {
        verdict: 'unknown',
        gaps: expect.arrayContaining([
          expect.objectContaining({ message: 'the judgement failed: a bucket is altered' }),
        ]),
      },
    });
    expect(await giveUpDecision(decision, 'a bucket is altered', judging)).toMatchObject([{ announced: false }]);
  });
});
