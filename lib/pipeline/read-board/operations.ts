/** The board, as it is asked for. */
import { z } from 'zod';

import { seesOf } from '../../core/people/sees.ts';
import type { Current } from '../../core/register/current.ts';
import type { Sighting } from '../../core/sightings/sighting.ts';
import { operation } from '../operations/operation.ts';
import { pageOf, pageSchema } from '../operations/page.ts';
import { runningImages } from '../sightings/running.ts';
import { readBoard } from './read-board.ts';

/** One verdict of the board with where its image runs. */
function rowOf(current: Current, running: readonly Sighting[]) {
  const { placement, tags, platform, stage, sighted, verdict, blocking, score, at } = current;
  const { assessment, superseded, gone } = current;
  return {
    ...{ placement, tags, platform, stage, sighted, verdict, blocking, score, at, assessment, superseded, gone },
    runsIn: running.map(({ where, environment }) => ({ where, environment })),
  };
}

export type BoardRow = ReturnType<typeof rowOf>;

export const imagesOperation = operation({
  name: 'images',
  changes: false,
  input: z.strictObject({ all: z.boolean(), ...pageSchema }),
  run: async ({ all, ...page }, context) => {
    const { register } = context;
    const sees = seesOf(context);
    const running = await runningImages(register);
    const board = (await readBoard(register, { all, running })).filter(({ placement }) => sees(placement.repository));
    const keyOf = ({ placement, platform, stage }: Current) =>
      [placement.repository, placement.digest, platform, stage, placement.account, placement.region].join(' ');
    const { rows, next } = pageOf(board, keyOf, page);
    return { rows: rows.map((current) => rowOf(current, running.get(current.placement.digest) ?? [])), next };
  },
});
