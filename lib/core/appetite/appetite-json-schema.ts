/** The JSON Schema of the appetite file, for editors: from the schema that the parser asks. */
import { z } from 'zod';

import { appetiteSchema } from './appetite-schema.ts';

/** Draft 2020-12. What goes beyond the shape (names that are there twice, questions that are none) only `check` finds. */
export function appetiteJsonSchema(): object {
  return { title: 'Risk appetite of Cavendish', ...z.toJSONSchema(appetiteSchema, { io: 'input' }) };
}
