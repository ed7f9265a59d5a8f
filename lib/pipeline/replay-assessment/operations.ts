/** Replaying an assessment, as it is asked for. */
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import { type Digest, isDigest, parseDigest } from '../../core/image/digest.ts';
import { seesEverything, seesOf } from '../../core/people/sees.ts';
import { assessmentPartition } from '../../core/register/keys.ts';
import { readAssessment } from '../judge-image/read-assessment.ts';
import { nameSchema } from '../operations/fields.ts';
import { operation } from '../operations/operation.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { replayAssessment } from './replay-assessment.ts';

export const replayOperation = operation({
  name: 'replay',
  changes: false,
  input: z.strictObject({ assessment: nameSchema }),
  run: async ({ assessment: name }, context) => {
    const { register, evidence, caller } = context;
    const id = await findAssessment(name, register);
    if (!seesEverything(caller)) {
      const { placement } = await readAssessment(evidence, id);
      if (!seesOf(context)(placement?.repository ?? null)) throw notThere(name);
    }
    return await replayAssessment(id, evidence);
  },
});

async function findAssessment(name: string, register: RegisterStore): Promise<Digest> {
  if (isDigest(name)) return name;
  const [, hex] = /^(?:sha256:)?([0-9a-f]{4,64})$/u.exec(name) ?? [];
  if (hex === undefined) return parseDigest(name);
  const [found, another] = await readAll(register, { pk: assessmentPartition(hex), beginsWith: hex });
  if (found === undefined) throw notThere(hex);
  if (another !== undefined) {
    throw new CavendishError('bad-input', `several assessments begin with ${hex}`, { next: 'Give more digits.' });
  }
  return parseDigest(`sha256:${found.sk}`);
}

function notThere(name: string): CavendishError {
  return new CavendishError('not-found', `no assessment begins with ${name}`, {
    next: 'See the history of an image: cavendish show IMAGE',
  });
}
