/** What scanners call the severities, as ours. */
import type { Severity } from '../matching/finding.ts';

const WORDS: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['high', 'high'],
  ['important', 'high'],
  ['medium', 'medium'],
  ['moderate', 'medium'],
  ['low', 'low'],
  // Somebody has looked, and would hardly fix it: rated, and lowest.
  ['minor', 'low'],
  ['negligible', 'low'],
  ['informational', 'low'],
  ['info', 'low'],
  ['none', 'none'],
  ['', 'unrated'],
  ['unknown', 'unrated'],
  ['undefined', 'unrated'],
  ['unassigned', 'unrated'],
  ['untriaged', 'unrated'],
]);

/** Null where the word is not known: nobody may take it for a low one. */
export function severityOf(word: string): Severity | null {
  return WORDS.get(word.toLowerCase()) ?? null;
}

/** The qualitative severity of a CVSS base score (CVSS 3.1, section 5). */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}
