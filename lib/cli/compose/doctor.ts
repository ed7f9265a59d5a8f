/** Looks at every part of a home, on this machine or on AWS. */
import { join } from 'node:path';

import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import type { Check } from '../../pipeline/examine-home/check.ts';
import { examineStores, type Looking } from '../../pipeline/examine-home/examine-home.ts';
import type { AnyHome } from './home.ts';
import { appetiteText } from './laptop.ts';

export async function examine(home: AnyHome, looking: Looking): Promise<readonly Check[]> {
  if (home.kind === 'aws') {
    const { examineAws } = await import('./aws/examine-aws.ts');
    return await examineAws(home, looking);
  }
  const appetite = async () => {
    const { text, source } = await appetiteText(undefined, join(home.home.folder, 'appetite.yaml'));
    return { source, appetite: parseAppetite(text, source) };
  };
  const ifLeftOver = 'It is done by the home itself: cavendish up';
  return await examineStores({ ...home, ...looking, appetite, ifLeftOver });
}
