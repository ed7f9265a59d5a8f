/** The keys of how much each recipient was told, and of what waits for a round-up. docs/data-model.md draws them. */
import { nameInKey } from './index-keys.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Everybody who was ever told something lies in it, to be found by those who send what waits. */
export const PACE_PARTITION = 'PACE';

/** @param recipient - the ARN of a topic; on a laptop what stands in `To` */
export function paceKey(recipient: string): Key {
  return { pk: PACE_PARTITION, sk: nameInKey(recipient) };
}

/** What was ever held back for somebody: rows stay, and name the box in which they left. */
export function heldPartition(recipient: string): string {
  return `HELD#${nameInKey(recipient)}`;
}

/** @param notice - the same notice is held once */
export function heldKey(recipient: string, { at, id }: { readonly at: string; readonly id: string }): Key {
  return { pk: heldPartition(recipient), sk: `${at}#${nameInKey(id)}` };
}
