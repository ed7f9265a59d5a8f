/** The ecosystem families whose advisories are refreshed: those in use, and those that are held or asked for. */
import { ecosystemFamily } from '../../core/advisories/bucket.ts';
import { ECOSYSTEMS_PARTITION } from '../../core/register/index-keys.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';

/** In order. @param asked - by name, with or without a release */
export async function familiesInUse(
  asked: readonly string[],
  { register, intelligence }: { readonly register: RegisterStore; readonly intelligence: Intelligence },
): Promise<readonly string[]> {
  const held = (await intelligence.feeds())
    .filter(({ feed }) => feed.kind === 'advisories' && feed.id.startsWith('osv-'))
    .flatMap(({ feed }) => feed.completeFor.map(({ ecosystem }) => ecosystem));
  const all = [...asked, ...held, ...(await ecosystemsOf(register))];
  return [...new Set(all.map(ecosystemFamily))].sort();
}

/** Of the images that were scanned. */
async function ecosystemsOf(register: RegisterStore): Promise<readonly string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await register.query({ pk: ECOSYSTEMS_PARTITION, ...(after !== undefined && { after }) });
    found.push(...page.items.map(({ sk }) => sk));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}
