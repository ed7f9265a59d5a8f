import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';

/** A register whose commits leave no work: for what a test puts there before it begins. */
export function withoutWork(register: RegisterStore): RegisterStore {
  return { ...register, commit: ({ puts, history = [] }) => register.commit({ puts, history }) };
}
