/** Makes an assessment that stands beside the board findable by its identity. */
import { isCavendishError } from '../../core/errors/error.ts';
import { assessmentKey } from '../../core/register/keys.ts';
import type { Judged } from '../judge-image/judge-image.ts';
import type { RegisterStore } from '../ports/register-store.ts';

export async function keepAssessment({ assessment, id }: Judged, register: RegisterStore): Promise<void> {
  const key = assessmentKey(id);
  if ((await register.get(key)) !== null) return;
  const { placement, stage, at, verdict } = assessment;
  try {
    await register.commit({ puts: [{ item: { ...key, body: { placement, stage, at, verdict } }, when: 'absent' }] });
  } catch (error) {
    // Somebody kept the same assessment meanwhile.
    if (!isCavendishError(error, 'conflict')) throw error;
  }
}
