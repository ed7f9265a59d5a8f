/** Says each step of a judgement as it happens: on standard error, beside the result. */
import { shortDigest } from '../../core/image/digest.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { Step } from '../../pipeline/judge-image/judge-image.ts';
import { type Io, remark } from '../io.ts';
import { coloursFor } from './colours.ts';

/** @param quiet - nothing is said: a program reads the result */
export function progress(io: Pick<Io, 'stderr'>, quiet: boolean): (step: Step) => void {
  if (quiet) return () => undefined;
  const { faint } = coloursFor(io.stderr);
  return (step) => {
    remark(io, faint(stepText(step)));
  };
}

export function stepText(step: Step): string {
  switch (step.step) {
    case 'scan':
      return `scan    ${plainLine(step.reference)} (${shortDigest(step.image)})`;
    case 'match':
      return step.packages === null
        ? `match   nothing to match: ${plainLine(step.cause ?? 'no inventory')}`
        : `match   ${counted(step.packages, 'package')} against the advisories that are held`;
    case 'decide':
      return `decide  ${counted(step.findings, 'finding')} against the risk appetite`;
  }
}
