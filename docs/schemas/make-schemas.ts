/** Writes the published schemas from the code that answers by them: `npm run schemas`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { documentJsonSchema } from '../../lib/cli/document-schema.ts';
import { appetiteJsonSchema } from '../../lib/core/appetite/appetite-json-schema.ts';
import { eventJsonSchema, OUT_EVENTS, type OutEvent } from '../../lib/core/events/out-event.ts';

const folder = import.meta.dirname;

async function write(name: string, schema: object): Promise<void> {
  await writeFile(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
}

await mkdir(join(folder, 'events'), { recursive: true });
await write('assessment.schema.json', documentJsonSchema());
await write('appetite.schema.json', appetiteJsonSchema());
for (const type of Object.keys(OUT_EVENTS) as OutEvent['type'][]) {
  await write(`events/${type.toLowerCase().replaceAll(' ', '-')}.schema.json`, eventJsonSchema(type));
}
