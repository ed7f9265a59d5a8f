/** What is bundled as the functions are, to see that libraries work there as they do from the sources. */
import { canonicalBytes } from '../../../../lib/core/canonical/canonical.ts';
import { ratingOf } from '../../../../lib/core/scoring/cvss.ts';

export const VECTORS = [
  'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H',
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H',
  'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
];

export function rated(): string {
  return new TextDecoder().decode(canonicalBytes(VECTORS.map((vector) => ratingOf(vector, 'a test'))));
}
