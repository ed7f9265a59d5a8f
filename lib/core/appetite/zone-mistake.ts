/** What is wrong in the time zone of an appetite. */
import { isZone } from '../time/end.ts';
import { ZONES } from '../time/zones.ts';
import { member } from './content.ts';
import type { Mistake } from './mistakes.ts';
import { didYouMean } from './nearest.ts';
import { positionOf, type ReadYaml } from './positions.ts';

export function zoneMistakes(content: unknown, yaml: ReadYaml): readonly Mistake[] {
  const zone = member(content, 'zone');
  if (typeof zone !== 'string' || isZone(zone)) return [];
  return [{ ...positionOf(yaml, ['zone']), message: `there is no time zone "${zone}": ${nearestZone(zone)}` }];
}

/** A city alone is what people write; of offsets none is a zone, as clocks change. */
function nearestZone(word: string): string {
  const city = ZONES.filter((zone) => zone.toLowerCase().endsWith(`/${word.toLowerCase().replaceAll(' ', '_')}`));
  return city.length === 1 ? `did you mean "${city.join()}"?` : didYouMean(word, ZONES);
}
