/** What runs, as it is told and asked for. */
import { z } from 'zod';

import { STAGES } from '../../core/image/stage.ts';
import { seesEverything, seesOf } from '../../core/people/sees.ts';
import { type Sighting, whereSchema } from '../../core/sightings/sighting.ts';
import { instantSchema, nameSchema, unique } from '../operations/fields.ts';
import { operation } from '../operations/operation.ts';
import { readBoard } from '../read-board/read-board.ts';
import { findSeen } from '../read-board/show.ts';
import { namedDigests } from './named-digests.ts';
import { listRunning } from './read-sightings.ts';
import { reportPlace } from './report-place.ts';
import { runningImages, sightingsOf } from './running.ts';

const MOST_NAMES = 2000;

export const sightOperation = operation({
  name: 'sight',
  changes: true,
  openOnLaptop: true,
  input: z.strictObject({
    names: z.array(nameSchema).max(MOST_NAMES).readonly(),
    where: whereSchema,
    environment: z.enum(STAGES),
    ended: z.boolean(),
    only: z.boolean(),
    /** When it was seen; null: now. */
    at: instantSchema.nullable(),
  }),
  run: async (told, { register, at }) =>
    await reportPlace({ ...told, at: told.at ?? at }, { register, now: () => new Date(at) }),
});

export const sightingsOperation = operation({
  name: 'sightings',
  changes: false,
  input: z.strictObject({ image: nameSchema.nullable() }),
  run: async ({ image }, context): Promise<readonly Sighting[]> => {
    const { register } = context;
    const sees = seesOf(context);
    const seesAll = seesEverything(context.caller);
    if (image === null) return seesAll ? await listRunning(register) : await ofBoard();
    const named = seesAll
      ? (await namedDigests(image, register)).map(({ digest }) => digest)
      : (await findSeen(image, register, sees)).map(({ placement }) => placement.digest);
    return (await Promise.all(unique(named).map((digest) => sightingsOf(digest, register)))).flat();

    /** Of the images that the caller sees, each once. */
    async function ofBoard(): Promise<readonly Sighting[]> {
      const [board, running] = await Promise.all([readBoard(register, { all: true }), runningImages(register)]);
      const seen = unique(
        board.filter(({ placement }) => sees(placement.repository)).map((one) => one.placement.digest),
      );
      return [...new Set(seen.flatMap((digest) => running.get(digest) ?? []))];
    }
  },
});
