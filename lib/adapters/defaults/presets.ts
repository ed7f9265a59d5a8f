/** Appetites that are usable as they are: docs/presets.md says what each of them decides. */
import { readFile } from 'node:fs/promises';

import { defaultAppetiteText } from './default-appetite.ts';

/** What each is for, in a line. */
export const PRESETS = {
  balanced: 'the default: exploited never, fixable and severe within days, a limit on the score',
  strict: 'for what must not fail: shorter days, also where there is no fix, and few exceptions',
  observe: 'decides as balanced does, and stops nothing',
  'bod-26-04': "the terms of CISA's Binding Operational Directive 26-04",
  ssvc: "CISA's coordinator tree: Act, Attend, Track*, Track",
} as const;

export type Preset = keyof typeof PRESETS;

export async function presetText(name: Preset): Promise<string> {
  if (name === 'balanced') return await defaultAppetiteText();
  return await readFile(new URL(`./presets/${name}.yaml`, import.meta.url), 'utf8');
}
