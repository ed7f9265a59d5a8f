import type { RegisterStore } from '../../../lib/pipeline/ports/register-store.ts';

/** Opens one that holds nothing. */
export type OpensRegister = () => Promise<RegisterStore> | RegisterStore;
