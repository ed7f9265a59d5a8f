/** Colour, only where a terminal shows it: `NO_COLOR`, `FORCE_COLOR` and pipes are honoured by Node. */
import type { Writable } from 'node:stream';
import { styleText } from 'node:util';

import type { Severity } from '../../core/matching/finding.ts';
import type { Decision } from '../../core/register/assessment.ts';

type Style = Parameters<typeof styleText>[0];

export interface Colours {
  readonly bold: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubt: (text: string) => string;
  readonly verdict: (verdict: Decision, text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
}

const VERDICTS: Readonly<Record<Decision, Style>> = {
  go: ['bold', 'green'],
  'no-go': ['bold', 'red'],
  unknown: ['bold', 'yellow'],
};

const SEVERITIES: Readonly<Record<Severity, Style>> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  none: 'gray',
  unrated: 'magenta',
};

export function coloursFor(stream: Writable): Colours {
  const paint = (style: Style) => (text: string) => styleText(style, text, { stream });
  return {
    bold: paint('bold'),
    faint: paint('gray'),
    good: paint('green'),
    bad: paint('red'),
    doubt: paint('yellow'),
    verdict: (verdict, text) => paint(VERDICTS[verdict])(text),
    severity: (severity, text) => paint(SEVERITIES[severity])(text),
  };
}
