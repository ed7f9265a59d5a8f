import { createRequire } from 'node:module';
import { z } from 'zod';

const read: unknown = createRequire(import.meta.url)('../../package.json');

export const { version } = z.object({ version: z.string() }).parse(read);
