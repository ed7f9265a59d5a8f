/** Runs operations in this process. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { type Caller, callerName, callerOf } from '../../core/people/caller.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import type { OperationContext } from '../../pipeline/operations/operation.ts';
import { runOperation } from '../../pipeline/operations/run-operation.ts';
import { laptopPrincipal } from '../caller-name.ts';
import { type Io, remark } from '../io.ts';
import { sampleInstant } from '../up/sample-instant.ts';
import type { Operate, Stores } from './opened-home.ts';

interface Operating {
  readonly stores: Stores;
  /** Who says that they ask; undefined: the machine's user. */
  readonly as: string | undefined;
  /** By which the home judges, as it is now; its text is kept as evidence where something is changed by it. */
  readonly appetite: (keep: boolean) => Promise<JudgedEvidence['appetite']>;
}

/** A broken appetite fails where it is used: what needs none is answered all the same. */
export function operateHere({ stores, as, appetite }: Operating, io: Pick<Io, 'now' | 'stderr'>): Operate {
  return async (operation, input) => {
    const { register, evidence, intelligence, work } = stores;
    const asked = await settled(() => appetite(operation.changes));
    const principal = laptopPrincipal(as);
    const context: OperationContext = {
      ...{ register, evidence, intelligence, work, topics: null, at: io.now().toISOString(), asOf: sampleInstant },
      caller: callerHere(principal, () => asked().value),
      get appetite() {
        return asked();
      },
    };
    const answer = await runOperation(operation, input, context);
    if (operation.changes && operation.openOnLaptop !== true)
      remark(io, `Recorded for ${callerName(context.caller)}, ${NO_PROOF}`);
    return answer;
  };
}

const NO_PROOF = 'not enforced: on a laptop anybody can give any name (--as).';

function callerHere(principal: string, appetite: () => Appetite): Caller {
  const mapped = () => callerOf(appetite(), principal, false);
  return {
    ...{ principal, enforced: false },
    get person() {
      return mapped().person;
    },
    get roles() {
      return mapped().roles;
    },
  };
}

async function settled<T>(ask: () => Promise<T>): Promise<() => T> {
  const [outcome] = await Promise.allSettled([ask()]);
  return () => {
    if (outcome.status === 'rejected') throw outcome.reason as unknown;
    return outcome.value;
  };
}
