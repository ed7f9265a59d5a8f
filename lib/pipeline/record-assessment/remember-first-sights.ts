/** Remembers when vulnerabilities that no record dates were first seen: the first writer's instant stays. */
import { isCavendishError } from '../../core/errors/error.ts';
import { firstSightKey } from '../../core/register/keys.ts';
import type { Item, RegisterStore } from '../ports/register-store.ts';

/** Items of one commit: an image may have thousands, and a store on a network answers one commit at a time. */
const AT_ONCE = 50;

export async function rememberFirstSights(
  firstSeen: Readonly<Record<string, string>>,
  register: RegisterStore,
): Promise<void> {
  const sights = Object.entries(firstSeen).map(([vulnerability, at]) => ({
    ...firstSightKey(vulnerability),
    body: { at },
  }));
  for (let start = 0; start < sights.length; start += AT_ONCE) {
    const unknown = await unknownOf(sights.slice(start, start + AT_ONCE), register);
    if (await putAll(unknown, register)) continue;
    // Another judgement saw one of them meanwhile: each for itself.
    for (const item of unknown) await putAll([item], register);
  }
}

async function unknownOf(items: readonly Item[], register: RegisterStore): Promise<readonly Item[]> {
  const known = await Promise.all(items.map(async (item) => (await register.get(item)) !== null));
  return items.filter((_, at) => known[at] === false);
}

/** @returns false where one of them is there by now */
async function putAll(items: readonly Item[], register: RegisterStore): Promise<boolean> {
  try {
    await register.commit({ puts: items.map((item) => ({ item, when: 'absent' as const })) });
    return true;
  } catch (error) {
    if (!isCavendishError(error, 'conflict')) throw error;
    return false;
  }
}
