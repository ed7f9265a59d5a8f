/** Remembers when vulnerabilities that no record dates were first seen: the first writer's instant stays. */
import { isCavendishError } from '../../core/errors/error.ts';
import { firstSightKey } from '../../core/register/keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';

export async function rememberFirstSights(
  firstSeen: Readonly<Record<string, string>>,
  register: RegisterStore,
): Promise<void> {
  for (const [vulnerability, at] of Object.entries(firstSeen)) {
    const key = firstSightKey(vulnerability);
    if ((await register.get(key)) !== null) continue;
    try {
      await register.commit({ puts: [{ item: { ...key, body: { at } }, when: 'absent' }] });
    } catch (error) {
      if (!isCavendishError(error, 'conflict')) throw error;
    }
  }
}
