/** Puts evidence until it is killed, and says each digest once it is stored. */
import { writeSync } from 'node:fs';

import { openLocalEvidence } from '../../../../../lib/adapters/local/evidence/local-evidence.ts';

const [folder = ''] = process.argv.slice(2);
const evidence = await openLocalEvidence(folder);

for (let n = 0; ; n += 1) {
  const digest = await evidence.put(crypto.getRandomValues(new Uint8Array(1 + ((n * 7919) % 60_000))));
  writeSync(1, `${digest}\n`);
}
