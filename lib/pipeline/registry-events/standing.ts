/**
 * Whether a placement still stands in its registry, as the board shows it. What is gone leaves the board
 * and keeps its history.
 *
 * Who records a verdict writes it and then reads the mirror; who learns that an image is gone writes the
 * mirror and then reads the verdicts. Whatever their order, one of the two sees the other.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Placement } from '../../core/image/placement.ts';
import { type Current, readCurrent } from '../../core/register/current.ts';
import { placementPartition } from '../../core/register/keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-board.ts';
import { foldEntry } from '../risks/fold-entry.ts';
import { readMirror } from './mirror.ts';

const TRIES = 8;

/** Puts the current verdicts of a placement on the board or takes them off, as the mirror says. */
export async function followMirror(placement: Placement, register: RegisterStore): Promise<void> {
  const mirror = await readMirror(placement, register);
  if (mirror === null) return;
  const gone = mirror.gone === null ? null : { at: mirror.at, why: mirror.gone };
  await changeCurrents(placement, register, (current) =>
    current.gone?.why === gone?.why ? current : { ...current, gone },
  );
}

/** Takes a tag off the placement, which stays: the registry says that the tag no longer points there. */
export async function dropTag(placement: Placement, tag: string, register: RegisterStore): Promise<void> {
  await changeCurrents(placement, register, (current) => {
    if (!current.tags.includes(tag)) return current;
    const tags = current.tags.filter((name) => name !== tag);
    return { ...current, tags, superseded: tags.length === 0, replacedBy: null };
  });
}

async function changeCurrents(
  placement: Placement,
  register: RegisterStore,
  next: (current: Current) => Current,
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    const items = await readAll(register, { pk: placementPartition(placement), beginsWith: 'CURRENT#' });
    const puts = items.flatMap(({ version, ...item }) => {
      const current = readCurrent(item);
      const changed = next(current);
      return changed === current ? [] : [{ item: { ...item, body: { ...changed } }, when: { version } }];
    });
    if (puts.length === 0) return;
    try {
      const versions = puts.map(({ when }) => when.version);
      await register.commit({ puts, outbox: [foldEntry(placement, { versions })] });
      return;
    } catch (error) {
      if (!isCavendishError(error, 'conflict') || tried === TRIES) throw error;
    }
  }
}
