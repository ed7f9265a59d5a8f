/** The people of the programme, as the appetite file names them. */
import { z } from 'zod';

import { ROLES } from '../people/roles.ts';
import { sentence } from './schema-parts.ts';

/** Who asks, as a home knows them: a role or user of AWS, or a name on a laptop. */
const principal = z
  .string()
  .max(2048)
  .regex(
    /^(?:arn:aws[a-z-]*:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+|laptop:[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,99})$/u,
    'it is no principal, such as arn:aws:iam::111122223333:role/ada or laptop:ada',
  );

export const peopleSchema = z
  .array(
    z.strictObject({
      name: sentence.max(200),
      principals: z.array(principal).max(50).default([]).describe('whom homes know the person as'),
      email: z.email('it is no e-mail address').max(254).exactOptional(),
      teams: z.array(sentence).max(200).default([]).describe('owners of assets for whom the person stands'),
      next: sentence.max(200).exactOptional().describe('who hears of what the person leaves overdue'),
      roles: z.array(z.enum(ROLES)).min(1).default(['developer']),
    }),
  )
  .max(5000);
