/**
 * What a clone is told of its base: that nobody approved it, or that a newer build is there; to which
 * base to move, and what that would change. Computed, never general advice.
 */
import { type Digest, shortDigest } from '../image/digest.ts';
import { type Finding, SEVERITIES } from '../matching/finding.ts';
import { countsOf } from '../scoring/counts.ts';
import { counted } from '../text/plain.ts';
import type { Changes } from './what-changes.ts';

export interface Target {
  readonly image: Digest;
  readonly name: string;
  /** ISO 8601, as it says. */
  readonly created: string | null;
  /** For the stage, at the instant of the advice. */
  readonly approved: boolean;
}

export interface Advice {
  readonly base: { readonly image: Digest; readonly name: string };
  /** Of the base: not approved for the stage where others are; not the newest build of its names. */
  readonly unapproved: boolean;
  readonly outdated: boolean;
  /** Null where nothing better is known. */
  readonly to: Target | null;
  /** Null where it can't be told: nothing to move to, or an SBOM is not held. */
  readonly changes: Changes | null;
}

/** One sentence: `built on debian:12, which …: move to debian:12 of 2026-11-01, which removes 12 … and adds none`. */
export function adviceLine({ base, unapproved, outdated, to, changes }: Advice): string {
  const why = [
    ...(unapproved ? ['is not approved for this stage'] : []),
    ...(outdated ? ['is not its newest build'] : []),
  ].join(' and ');
  const on = `built on ${base.name === '' ? shortDigest(base.image) : base.name}, which ${why}`;
  return to === null ? `${on}; no other build of it is known` : `${on}: move to ${targetText(to)}${effect(changes)}`;
}

function targetText({ name, image, created, approved }: Target): string {
  const date = created === null ? '' : ` of ${created.slice(0, 10)}`;
  return `${name === '' ? '' : `${name} `}(${shortDigest(image)}${date}${approved ? ', approved' : ''})`;
}

function effect(changes: Changes | null): string {
  if (changes === null) return '; what that changes can not be told: an SBOM is not held';
  const { removed, added } = changes;
  if (removed.length === 0 && added.length === 0) return ', which changes no finding';
  return `, which removes ${findingsText(removed)} and adds ${findingsText(added)}`;
}

/** `12 vulnerabilities (2 critical, 4 high)`; `none`. */
export function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'none';
  const counts = countsOf(findings);
  const worst = SEVERITIES.slice(0, 2).flatMap((severity) =>
    counts[severity] === 0 ? [] : [`${String(counts[severity])} ${severity}`],
  );
  const total = new Set(findings.map(({ vulnerability }) => vulnerability)).size;
  const detail = worst.length === 0 ? '' : ` (${worst.join(', ')})`;
  return `${counted(total, 'vulnerability', 'vulnerabilities')}${detail}`;
}
