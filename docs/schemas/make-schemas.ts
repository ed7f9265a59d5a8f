/** Writes the published schemas from the code that answers by them: `npm run schemas`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { documentJsonSchema } from '../../lib/cli/document-schema.ts';

const file = join(import.meta.dirname, 'assessment.schema.json');
await writeFile(file, `${JSON.stringify(documentJsonSchema(), null, 2)}\n`);
