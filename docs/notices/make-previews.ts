/** Writes docs/notices-previews.md: `npm run previews`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { previewsPage } from './previews-page.ts';

await writeFile(join(import.meta.dirname, '../notices-previews.md'), previewsPage());
