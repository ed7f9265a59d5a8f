/** Looks at every part of a home, on this machine or on AWS. */
import type { Check } from '../../pipeline/examine-home/check.ts';
import { examineStores, type Looking } from '../../pipeline/examine-home/examine-home.ts';
import type { AnyHome } from './any-home.ts';
import { examinedAppetite } from './appetite.ts';

export async function examine(home: AnyHome, looking: Looking): Promise<readonly Check[]> {
  if (home.kind === 'aws') {
    const { examineAws } = await import('./aws/examine-aws.ts');
    return await examineAws(home, looking);
  }
  const ifLeftOver = 'It is done by the home itself: cavendish up';
  return await examineStores({ ...home, ...looking, appetite: () => examinedAppetite(home), ifLeftOver });
}
