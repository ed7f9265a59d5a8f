/** By which appetite a home judges, for commands that look at it from outside. */
import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import { digestOf } from '../../core/canonical/canonical.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { type TextInForce, textInForce } from '../../pipeline/appetite/in-force.ts';
import type { ExaminedAppetite } from '../../pipeline/examine-home/stores.ts';
import type { AnyHome } from './any-home.ts';
import { appetiteText, DEFAULT_APPETITE } from './laptop.ts';

interface AppetiteText {
  readonly text: string;
  readonly source: string;
}

/** The text that counts, as it is now. */
export async function inForceOf(home: AnyHome): Promise<TextInForce> {
  return await textInForce({ ...home, fallback: () => comesWith(home) });
}

/** What comes with the home: the file in its folder or the default, or what its stack deployed. */
async function comesWith(home: AnyHome): Promise<AppetiteText> {
  if (home.kind === 'laptop') return await appetiteText(undefined, home.home.folder);
  const { deployedAppetite } = await import('./aws/appetite.ts');
  return await deployedAppetite(home);
}

/** What counts, and what comes with the home where that is something else: an examiner tells both. */
export async function examinedAppetite(home: AnyHome): Promise<ExaminedAppetite> {
  const inForce = await inForceOf(home);
  const { text, source, adoption } = inForce;
  return { source, appetite: parseAppetite(text, source), adoption, beside: await besideInForce(home, inForce) };
}

/** What comes with the home and differs from what was adopted; null where nothing does. */
export async function besideInForce(
  home: AnyHome,
  { text, adoption }: Pick<TextInForce, 'text' | 'adoption'>,
): Promise<string | null> {
  if (adoption === null) return null;
  const own = await comesWith(home);
  return own.source === DEFAULT_APPETITE || own.text === text ? null : own.source;
}

/**
 * As judgements rest on it.
 *
 * @param keep - whether a laptop keeps its text as evidence: what is only looked at writes nothing
 * @throws CavendishError `bad-input` where it is not right
 */
export async function appetiteOfHome(home: AnyHome, keep: boolean): Promise<JudgedEvidence['appetite']> {
  const { text, source } = await inForceOf(home);
  const value = parseAppetite(text, source);
  const bytes = new TextEncoder().encode(text);
  return { hash: keep && home.kind === 'laptop' ? await home.evidence.put(bytes) : digestOf(bytes), source, value };
}
