import type { Digest } from '../../core/image/digest.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { readToday } from '../../core/register/older-assessment.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import { readDocument } from './read-document.ts';

/**
 * An assessment to be shown, whichever rules made it.
 *
 * @throws CavendishError `not-found` where it is not held, `integrity-failed` where it is altered
 */
export async function readAssessment(evidence: EvidenceStore, id: Digest): Promise<Assessment> {
  return readToday(await readDocument<Assessment>(evidence, id, 'assessment'));
}
