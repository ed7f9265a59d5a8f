/** The entry point of the Lambda. */
import process from 'node:process';

import { compose } from './compose.ts';

export const handler = compose(process.env);
