/** Where images stand, and what the verdicts there are. */
import { type Digest, hexOf } from '../../core/image/digest.ts';
import { placementSchema } from '../../core/image/schemas.ts';
import { type Current, readCurrent } from '../../core/register/current.ts';
import { digestPartition, placementPartition } from '../../core/register/keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

/** The current verdicts of an image, wherever it stands and for whichever stage. */
export async function standingOf(image: Digest, register: RegisterStore): Promise<readonly Current[]> {
  const hex = hexOf(image);
  const items = await readAll(register, { pk: digestPartition(hex), beginsWith: `${hex}#` });
  const placed = items.map(({ body }) => placementSchema.parse(body['placement']));
  const currents = placed.map((placement) =>
    readAll(register, { pk: placementPartition(placement), beginsWith: 'CURRENT#' }),
  );
  return (await Promise.all(currents)).flat().map((item) => readCurrent(item));
}
