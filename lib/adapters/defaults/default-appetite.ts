/** The appetite that ships with Cavendish: what the sample is judged by, and a start for your own. */
import { readFile } from 'node:fs/promises';

export async function defaultAppetiteText(): Promise<string> {
  return await readFile(new URL('./appetite.yaml', import.meta.url), 'utf8');
}
