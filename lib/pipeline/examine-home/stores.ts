/** Are register, evidence and appetite there, and can they be read? */
import type { Adoption } from '../../core/appetite/adoption.ts';
import type { Appetite } from '../../core/appetite/appetite.ts';
import type { Digest } from '../../core/image/digest.ts';
import { callerName } from '../../core/people/caller.ts';
import { ASSETS_PARTITION } from '../../core/register/keys.ts';
import { counted } from '../../core/text/plain.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { HomeParts } from '../ports/home-parts.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { ill, type Look, well } from './check.ts';

/** Of nothing: no evidence has it, so that asking for it reads nothing. */
const NOBODYS: Digest = `sha256:${'0'.repeat(64)}`;

export async function lookAtTable({ table }: Pick<HomeParts, 'table'>): Promise<Look> {
  const { name, status, indexesNotReady, streams } = await table();
  if (status !== 'ACTIVE' && status !== 'UPDATING') {
    return ill(`the table ${name} is ${status}`, 'Wait until it is ACTIVE; nothing is judged before.');
  }
  if (indexesNotReady.length > 0) {
    return ill(
      `the table ${name} has indexes that can not be read: ${indexesNotReady.join(', ')}`,
      'A new index takes minutes to fill: look again. One that is missing comes with the next deployment.',
    );
  }
  if (!streams) {
    return ill(`the stream of the table ${name} is off: nothing leaves the outbox`, 'Deploy the stack again.');
  }
  return well(`the table ${name} is ${status}, and its stream is on`);
}

export async function lookAtRegister(register: RegisterStore): Promise<Look> {
  const { items } = await register.query({ pk: ASSETS_PARTITION });
  if (items.length === 0) return well('it can be read; nothing has been judged yet');
  return well(`it can be read; images of ${counted(items.length, 'asset')} have been judged`);
}

export async function lookAtEvidence(evidence: EvidenceStore): Promise<Look> {
  await evidence.get(NOBODYS);
  return well('it can be read');
}

/** By what a home judges. */
export interface ExaminedAppetite {
  readonly source: string;
  readonly appetite: Appetite;
  /** Null where what comes with the home counts. */
  readonly adoption: Pick<Adoption, 'by'> | null;
  /** What comes with the home and says something else; null where nothing does. */
  readonly beside: string | null;
}

/** A file that differs from what was adopted is a proposal, and no fault. */
export async function lookAtAppetite(read: () => Promise<ExaminedAppetite>): Promise<Look> {
  const { source, appetite, adoption, beside } = await read();
  const which = adoption === null ? source : `${source} by ${callerName(adoption.by)},`;
  const other = beside === null ? '' : `; ${beside} differs from it and does not count until it is adopted`;
  return well(`${which} is right, and names ${counted(appetite.assets.length, 'asset')}${other}`);
}
