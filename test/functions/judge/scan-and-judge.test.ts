import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { CavendishError } from '../../../lib/core/errors/error.ts';
import { readCurrent } from '../../../lib/core/register/current.ts';
import { currentKey } from '../../../lib/core/register/keys.ts';
import { openImage } from '../../support/images.ts';
import { aDebianImage, aPlacement, placementWork } from '../../support/placed-work.ts';
import { watchLog } from '../support/parts.ts';
import { aWorkedHome } from '../support/worked-home.ts';

const built = await aDebianImage();
const placement = aPlacement(built);
const pushed = placementWork(placement);
const CURRENT = currentKey(placement, 'production');

let log: ReturnType<typeof watchLog>;

beforeEach(() => {
  log = watchLog();
});
afterEach(() => {
  jest.restoreAllMocks();
});

type Home = Awaited<ReturnType<typeof aWorkedHome>>;

async function verdictIn({ register }: Home) {
  return readCurrent(await register.get(CURRENT))?.verdict ?? null;
}

describe('a push', () => {
  it('is scanned, judged, recorded, and a notice is owed', async () => {
    const home = await aWorkedHome(built);
    await home.push(pushed);
    await home.work();

    expect(await verdictIn(home)).toBe('no-go');
    expect(await home.owed()).toHaveLength(1);
    expect(home.parts.outcomes.counts).toEqual({ imagesNoGo: 1 });
    expect(log.lines()).toContainEqual(
      expect.objectContaining({
        message: 'image judged',
        correlation_id: `decide-placement#${pushed.id}`,
        verdict: 'no-go',
        placement: `111122223333/eu-central-1/ecr/team/app@${placement.digest}`,
      }),
    );
  });

  it('that comes twice is scanned and judged once, in any order', async () => {
    const home = await aWorkedHome(built);
    const again = placementWork(placement, {}, 'push-2');
    await home.push(pushed, again);
    await home.bring(again.id, again.type);
    await home.work();
    for (const { id, type } of [pushed, again, pushed]) await home.bring(id, type);

    expect(home.parts.outcomes.counts).toEqual({ imagesNoGo: 1, imagesUnchanged: 1 });
    expect(await home.owed()).toHaveLength(1);
  });

  it('ends as unknown where the scan is not finished in time, with the cause, and is not tried again', async () => {
    const hung = { ...openImage(built), readLayer: () => Promise.withResolvers<never>().promise };
    const home = await aWorkedHome(built, { opened: hung, remaining: 30_050 });
    await home.push(pushed);
    await home.work();

    expect(await verdictIn(home)).toBe('unknown');
    expect(log.lines()).toContainEqual(
      expect.objectContaining({ message: 'image scanned', cause: expect.stringContaining('not finished within') }),
    );
    expect(home.parts.outcomes.sent).toEqual([]);
  });

  it('ends as unknown where the scan ended three functions without a word, and says so', async () => {
    const home = await aWorkedHome(built);
    await home.push(pushed);
    for (let deaths = 0; deaths < 3; deaths += 1) {
      await home.die(pushed.id);
    }
    await home.work();

    expect(await verdictIn(home)).toBe('unknown');
    expect(home.parts.outcomes.counts).toEqual({ givenUp: 1, imagesUnknown: 1 });
    expect(log.lines()).toContainEqual(
      expect.objectContaining({ message: 'the work was given up', cause: expect.stringContaining('time or memory') }),
    );
  });

  it('ends as unknown where the registry stays away, after an hour and more of tries', async () => {
    const images = { open: () => Promise.reject(new CavendishError('unavailable', 'ECR does not answer')) };
    const home = await aWorkedHome(built, { given: { images } });
    await home.push(pushed);
    let waited = 0;
    while ((await verdictIn(home)) === null) {
      await home.work(1);
      home.later(60);
      waited += 60;
    }

    expect(waited).toBeGreaterThan(3600);
    expect(waited).toBeLessThan(4 * 3600);
    expect(home.parts.outcomes.sent).toHaveLength(15);
    expect(await verdictIn(home)).toBe('unknown');
  });

  it.each(['judge-placement', 'decide-placement'])(
    'of a newer form (%s) is set aside with a letter that says what is odd, and raises no verdict',
    async (type) => {
      const home = await aWorkedHome(built);
      await home.push({ id: `${type}#next-year`, type, body: { schemaVersion: 2, images: [placement] } });
      for (let tries = 0; tries < 8; tries += 1) {
        await home.work(1);
        home.later(900);
      }

      expect(home.parts.outcomes.letters).toEqual([
        {
          source: type === 'judge-placement' ? 'scan' : 'judge',
          body: `{"id":"${type}#next-year","type":"${type}"}`,
          cause: expect.stringContaining('giving up failed too'),
        },
      ]);
      expect(await home.store.work.state()).toMatchObject({ waiting: 0, buried: [{ id: `${type}#next-year` }] });
      expect(await verdictIn(home)).toBeNull();
    },
  );

  it('waits for an appetite that is right, and is told why', async () => {
    const home = await aWorkedHome(built, {
      judging: () => Promise.reject(new CavendishError('bad-input', 'appetite.yaml:5:3  a stage is missing')),
    });
    await home.push(pushed);

    await expect(home.bring(pushed.id, pushed.type)).rejects.toThrow('All records failed');
    expect(log.lines()).toContainEqual(expect.objectContaining({ cause: 'appetite.yaml:5:3  a stage is missing' }));
    expect(await home.store.work.take(pushed.id, home.now)).toMatchObject({ outcome: 'taken', work: { attempt: 1 } });
  });
});
