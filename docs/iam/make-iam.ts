/** Writes the tables of docs/iam.md from the template: `npm run iam`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { matrixOf } from './matrix.ts';
import { policiesOf } from './policies.ts';
import { DOCUMENTED, synthesised } from './stack-for-matrix.ts';

const file = join(import.meta.dirname, '../iam.md');
const template = synthesised(DOCUMENTED);
const tables = { matrix: matrixOf(template), policies: policiesOf(template) };

let page = await readFile(file, 'utf8');
for (const [name, table] of Object.entries(tables)) {
  const [before = '', rest = ''] = page.split(`<!-- ${name} -->\n`, 2);
  const after = rest.slice(rest.indexOf(`<!-- end -->`));
  page = `${before}<!-- ${name} -->\n\n${table}\n\n${after}`;
}
await writeFile(file, page);
