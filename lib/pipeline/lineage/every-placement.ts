import type { Placement } from '../../core/image/placement.ts';
import { placementSchema } from '../../core/image/schemas.ts';
import { digestPartition } from '../../core/register/keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { rowsOf } from './follow-rows.ts';

/** Every placement that was ever judged. */
export async function* everyPlacement(register: RegisterStore): AsyncGenerator<Placement> {
  const partitions = Array.from({ length: 256 }, (_, at) => ({
    pk: digestPartition(at.toString(16).padStart(2, '0')),
  }));
  for await (const { body } of rowsOf(partitions, register)) yield placementSchema.parse(body['placement']);
}
