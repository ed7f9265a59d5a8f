/** `up --appetite FILE`: a try with a file of one's own, where nothing else was decided. */
import { CavendishError } from '../../core/errors/error.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { adoptionInForce } from '../../pipeline/appetite/in-force.ts';
import type { RegisterStore } from '../../pipeline/ports/register-store.ts';

/** @throws CavendishError `wrong-use` where another version is in force */
export async function onlyBy(
  appetite: JudgedEvidence['appetite'],
  { register }: { readonly register: RegisterStore },
): Promise<() => Promise<JudgedEvidence['appetite']>> {
  const adopted = await adoptionInForce(register);
  if (adopted !== null && adopted.hash !== appetite.hash) {
    throw new CavendishError(
      'wrong-use',
      `${appetite.source} is not the appetite that is in force: ${adopted.name} was adopted on ${adopted.at.slice(0, 10)}`,
      {
        next: 'Leave --appetite out, or put the file in force: cavendish appetite adopt FILE --why REASON',
      },
    );
  }
  return () => Promise.resolve(appetite);
}
