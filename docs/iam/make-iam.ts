/** Writes the table of docs/iam.md from the template: `npm run iam`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { matrixOf } from './matrix.ts';
import { DOCUMENTED, synthesised } from './stack-for-matrix.ts';

const file = join(import.meta.dirname, '../iam.md');
const page = await readFile(file, 'utf8');
const [before = '', rest = ''] = page.split('<!-- matrix -->\n', 2);
const after = rest.slice(rest.indexOf('<!-- end -->'));
await writeFile(file, `${before}<!-- matrix -->\n\n${matrixOf(synthesised(DOCUMENTED))}\n\n${after}`);
